import { isJsonObject, type JsonObject } from '../wire/json.js'
import type { Dialect } from './dialect.js'

/**
 * imgnAI Katana: v2 without `resource`, domain or fee payer.
 * What it leaves out is filled in for signing only and never written into the echo.
 */
export const katana: Dialect = {
  name: 'katana',
  requestHeader: 'PAYMENT-SIGNATURE',
  numericTimes: true,
  validFromStart: true,
  payToPaysFee: true,
  createsTokenAccount: true,
  namesPayer: true,
  payment: (_challenge, offer, payload) => ({ x402Version: 2, accepted: offer.raw, payload })
}

/**
 * Katana's entries carry the v2 `amount` and the v1 `maxAmountRequired` together, and its challenge
 * names no resource, which the standard requires.
 */
export function isKatana(challenge: JsonObject): boolean {
  if (challenge.x402Version !== 2 || challenge.resource !== undefined) return false
  const { accepts } = challenge
  if (!Array.isArray(accepts) || accepts.length === 0) return false
  return accepts.every(
    (entry) =>
      isJsonObject(entry) && typeof entry.amount === 'string' && entry.maxAmountRequired === entry.amount
  )
}
