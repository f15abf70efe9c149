import { isJsonObject, type JsonObject } from '@bursar/core'
import { paymentV2Schema } from '@bursar/core/wire'
import { versionOnly } from '../payment/payment-schema.js'
import type { ChallengeParts, ParsedPayment, Protocol } from '../payment/protocol.js'
import { readRequirements } from '../payment/requirements.js'
import { decodePaymentHeader, encodePaymentHeader, jsonEquals, splitExtra } from '../payment/wire.js'
import { type HttpResponse, jsonResponse } from '../server/response.js'

const MAX_TIMEOUT_SECONDS = 300

/** x402 v2 over HTTP. @see x402 v2 specification, sections 5.1 to 5.3 */
export const protocolV2: Protocol = {
  dialect: 'standard',
  paymentHeader: (request) => request.header('payment-signature'),
  buildOffer: (facilitator, price) => ({
    scheme: 'exact',
    network: facilitator.network,
    amount: String(price.subtotalAtomic + price.gasAtomic),
    asset: facilitator.asset,
    payTo: facilitator.payTo,
    maxTimeoutSeconds: MAX_TIMEOUT_SECONDS,
    extra: facilitator.extra
  }),
  parsePayment: parsePaymentV2,
  matchesOffer: (payment, offer) => {
    const accepted = splitExtra(payment.accepted)
    const offered = splitExtra(offer)
    return jsonEquals(accepted.terms, offered.terms) && isSuperset(accepted.extra, offered.extra)
  },
  toRequirements: ({ wire }) => readRequirements(wire),
  challenge: (parts) => challengeV2(parts),
  receipt: ({ facilitator, ...settlement }) => ({
    'PAYMENT-RESPONSE': encodePaymentHeader({ ...settlement, network: facilitator.network })
  })
}

/** The answer that asks for a payment, with what it declares beside the offers. */
export function challengeV2(
  { offers, error, resource }: ChallengeParts,
  {
    status = 402,
    extensions = {}
  }: { readonly status?: number | undefined; readonly extensions?: JsonObject } = {}
): HttpResponse {
  const required = {
    x402Version: 2,
    error,
    resource: { ...resource, mimeType: 'application/json' },
    accepts: offers.map(({ wire }) => wire),
    ...(Object.keys(extensions).length > 0 && { extensions })
  }
  return jsonResponse(status, {}, { 'PAYMENT-REQUIRED': encodePaymentHeader(required) })
}

/** Reads PAYMENT-SIGNATURE. Katana uses the same header. */
export function parsePaymentV2(header: string): ReturnType<Protocol['parsePayment']> {
  const decoded = decodePaymentHeader(header)
  const payment = paymentV2Schema.safeParse(decoded)
  if (payment.success) {
    const { accepted, payload, extensions } = payment.data
    return { accepted, payload, extensions } satisfies ParsedPayment
  }
  const version = versionOnly.safeParse(decoded)
  return version.success && version.data.x402Version !== 2
    ? 'unsupported_x402_version'
    : 'payment_header_malformed'
}

/** `accepted.extra` may have more than the offer's, but nothing less and nothing else. */
function isSuperset(accepted: unknown, offered: unknown): boolean {
  if (!isJsonObject(offered)) return jsonEquals(accepted, offered)
  if (!isJsonObject(accepted)) return false
  return Object.entries(offered).every(([key, value]) => jsonEquals(accepted[key], value))
}
