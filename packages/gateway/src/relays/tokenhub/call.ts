import type { JsonObject } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { charge, type OpenRelayAccount } from '../accounts.js'

/** A call that is billed to an account. */
export interface TokenhubCall {
  readonly account: OpenRelayAccount
  /** Its full name. */
  readonly model: string
  readonly body: JsonObject
}

/** An error. The documentation shows none, so OpenAI's shape is assumed. */
export function tokenhubError(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: { message, type: 'invalid_request_error', code } })
}

/** A request that is malformed or breaks a rule of its model. */
export function invalidRequest(message: string): HttpResponse {
  return tokenhubError(400, 'invalid_request', message)
}

/** Charges a call, or returns the response that the account has too little left. */
export function debit(account: OpenRelayAccount, microUsd: bigint): HttpResponse | undefined {
  if (charge(account, microUsd)) return undefined
  return tokenhubError(402, 'insufficient_credits', 'Add credits to your account')
}
