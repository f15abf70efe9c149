import type { Dialect } from './dialect.js'

/**
 * imgnAI Katana: v2 without `resource`, domain or fee payer. Missing fields are filled in for signing only, and never
 * written into the echo.
 */
export const katana: Dialect = {
  name: 'katana',
  requestHeader: 'PAYMENT-SIGNATURE',
  numericTimes: true,
  validFromStart: true,
  payToPaysFee: true,
  createsTokenAccount: true,
  namesPayer: true,
  memoIfAsked: false,
  payment: (_challenge, offer, payload) => ({ x402Version: 2, accepted: offer.raw, payload })
}
