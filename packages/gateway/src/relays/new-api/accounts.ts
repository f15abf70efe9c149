import type { HttpRequest } from '../../server/request.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { charge, type OpenRelayAccount, type RelayAccounts, toUsd } from '../accounts.js'
import { relayError } from './errors.js'

/** How much quota is one dollar (OpenClaw 5). */
export const QUOTA_PER_USD = 500_000
/** The limit, in dollars, that is reported for a key without a limit (OpenClaw 42). */
const UNLIMITED_USD = 100_000_000

/** The account of a request, or the response when the key is unknown (OpenClaw 1). */
export function authenticate(
  accounts: RelayAccounts,
  request: HttpRequest,
  otherHeader?: 'x-api-key'
): OpenRelayAccount | HttpResponse {
  return accounts.find(request, otherHeader) ?? relayError(401, '', 'Invalid token')
}

/** The account of a request whose key may have expired, or the response when the key is unknown (OpenClaw 43). */
export function authenticateEvenExpired(
  accounts: RelayAccounts,
  request: HttpRequest
): OpenRelayAccount | HttpResponse {
  return accounts.findEvenExpired(request) ?? relayError(401, '', 'Invalid token')
}

/** Whether {@link authenticate} returned a response. */
export function isResponse(found: object): found is HttpResponse {
  return 'status' in found && 'headers' in found
}

/** Charges a call, or returns the response that the account has too little left (OpenClaw 2). */
export function debit(account: OpenRelayAccount, microUsd: bigint): HttpResponse | undefined {
  if (charge(account, microUsd)) return undefined
  return relayError(403, 'insufficient_user_quota', 'The quota of the user is not enough')
}

/** Dollars as quota. */
export function toQuota(microUsd: bigint): number {
  return Math.round(toUsd(microUsd) * QUOTA_PER_USD)
}

/** `GET /v1/dashboard/billing/subscription` */
export function subscription({ openingMicroUsd }: OpenRelayAccount): HttpResponse {
  const limit = openingMicroUsd === undefined ? UNLIMITED_USD : toUsd(openingMicroUsd)
  return jsonResponse(200, {
    object: 'billing_subscription',
    has_payment_method: true,
    soft_limit_usd: limit,
    hard_limit_usd: limit,
    system_hard_limit_usd: limit,
    access_until: 0
  })
}

/** `GET /v1/dashboard/billing/usage`, in cents (OpenClaw 42). */
export function billingUsage({ usedMicroUsd }: OpenRelayAccount): HttpResponse {
  return jsonResponse(200, { object: 'list', total_usage: toUsd(usedMicroUsd) * 100 })
}

/** `GET /api/usage/token/`. A key that has expired or has nothing left can still call it (OpenClaw 43). */
export function tokenUsage({ openingMicroUsd, usedMicroUsd, expiresAtMs }: OpenRelayAccount): HttpResponse {
  const granted = openingMicroUsd ?? 0n
  const data = {
    object: 'token_usage',
    name: 'local',
    total_granted: toQuota(granted),
    total_used: toQuota(usedMicroUsd),
    total_available: toQuota(granted > usedMicroUsd ? granted - usedMicroUsd : 0n),
    unlimited_quota: openingMicroUsd === undefined,
    model_limits: {},
    model_limits_enabled: false,
    // Unix seconds. 0 is new-api's word for never.
    expires_at: Number.isFinite(expiresAtMs) ? Math.floor(expiresAtMs / 1000) : 0
  }
  return jsonResponse(200, { code: true, message: 'ok', data })
}
