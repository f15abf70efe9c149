import type { Dialect } from './dialect.js'

/** The standard. @see x402 v2 specification, section 5.2 */
export const x402V2: Dialect = {
  name: 'x402-v2',
  requestHeader: 'PAYMENT-SIGNATURE',
  numericTimes: false,
  validFromStart: false,
  payToPaysFee: false,
  createsTokenAccount: false,
  namesPayer: false,
  memoIfAsked: false,
  payment: ({ resource, extensions }, offer, payload) => ({
    x402Version: 2,
    resource,
    accepted: offer.raw,
    payload,
    // Extension info must come back unaltered, or the server answers `extension_echo_mismatch`.
    extensions
  })
}
