import type { Dialect } from './dialect.js'

/** The first version. @see x402 v1 specification, section 5.2 */
export const x402V1: Dialect = {
  name: 'x402-v1',
  requestHeader: 'X-PAYMENT',
  numericTimes: false,
  validFromStart: false,
  payToPaysFee: false,
  createsTokenAccount: false,
  namesPayer: false,
  memoIfAsked: true,
  payment: (_challenge, offer, payload) => ({
    x402Version: 1,
    scheme: offer.raw.scheme ?? offer.scheme,
    network: offer.raw.network ?? offer.network.id,
    payload
  })
}
