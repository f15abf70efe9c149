import { isJsonObject, type JsonObject } from './json.js'

/** What both versions' `accepts` entries come down to. */
export interface WireOffer {
  readonly scheme: string
  readonly network: string
  /** Atomic units, as digits. */
  readonly amount: string
  readonly asset: string
  readonly payTo: string
  readonly maxTimeoutSeconds: number
  readonly extra: JsonObject
}

/**
 * Reads one entry of `accepts`, or says in a few words what is wrong with it. Written by hand, since a
 * schema library would be a quarter of what a browser loads; a test proves that it accepts exactly what the
 * schemas of `@bursar/core/schemas` accept.
 *
 * @see x402 v2 specification, section 5.1.2; x402 v1 specification, section 5.1
 */
export function parseWireOffer(version: 1 | 2, entry: unknown): WireOffer | string {
  if (!isJsonObject(entry)) return 'it is not an object'
  const wrong = (field: string): string => `its ${field} is missing or malformed`
  const { scheme, network, asset, payTo, maxTimeoutSeconds, extra } = entry
  const amount = version === 2 ? entry.amount : entry.maxAmountRequired
  if (!isShort(scheme)) return wrong('scheme')
  if (!isShort(network)) return wrong('network')
  if (!isShort(asset)) return wrong('asset')
  if (!isShort(payTo)) return wrong('payTo')
  // 78 digits hold any unsigned 256-bit amount.
  if (typeof amount !== 'string' || !/^\d{1,78}$/.test(amount))
    return wrong(version === 2 ? 'amount' : 'maxAmountRequired')
  if (typeof maxTimeoutSeconds !== 'number' || !(maxTimeoutSeconds >= 0)) return wrong('maxTimeoutSeconds')
  if (extra !== undefined && extra !== null && !isJsonObject(extra)) return wrong('extra')
  return { scheme, network, amount, asset, payTo, maxTimeoutSeconds, extra: extra ?? {} }
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 256
}
