import { offerV1Schema, paymentV1Schema } from '@bursar/core/wire'
import { versionOnly } from '../payment/payment-schema.js'
import type { Protocol } from '../payment/protocol.js'
import { decodePaymentHeader, encodePaymentHeader } from '../payment/wire.js'
import { jsonResponse } from '../server/response.js'

const MAX_TIMEOUT_SECONDS = 300

/** x402 v1 over HTTP. @see x402 v1 specification, sections 5.1 to 5.3 */
export const protocolV1: Protocol = {
  dialect: 'standard',
  paymentHeader: (request) => request.header('x-payment'),
  buildOffer: (facilitator, price, { url, description }) => ({
    scheme: 'exact',
    network: facilitator.name,
    maxAmountRequired: String(price.subtotalAtomic + price.gasAtomic),
    resource: url,
    description,
    mimeType: 'application/json',
    payTo: facilitator.payTo,
    maxTimeoutSeconds: MAX_TIMEOUT_SECONDS,
    asset: facilitator.asset,
    extra: facilitator.extra
  }),
  parsePayment: (header) => {
    const decoded = decodePaymentHeader(header)
    const payment = paymentV1Schema.safeParse(decoded)
    if (payment.success) {
      const { scheme, network, payload } = payment.data
      return { accepted: { scheme, network }, payload }
    }
    const version = versionOnly.safeParse(decoded)
    return version.success && version.data.x402Version !== 1
      ? 'unsupported_x402_version'
      : 'payment_header_malformed'
  },
  matchesOffer: ({ accepted }, offer) =>
    accepted.scheme === offer.scheme && accepted.network === offer.network,
  toRequirements: ({ wire, facilitator }) => {
    const offer = offerV1Schema.safeParse(wire).data
    if (!offer) return undefined
    const { maxAmountRequired: amount, network, extra, ...rest } = offer
    const id = network === facilitator.name ? facilitator.network : network
    return { ...rest, network: id, amount, extra: extra ?? {} }
  },
  challenge: ({ offers, error }) =>
    jsonResponse(402, { x402Version: 1, error, accepts: offers.map(({ wire }) => wire) }),
  receipt: ({ facilitator, success, errorReason, payer, transaction }) => ({
    'X-PAYMENT-RESPONSE': encodePaymentHeader({
      success,
      ...(errorReason ? { errorReason } : {}),
      transaction,
      network: facilitator.name,
      payer
    })
  })
}
