import * as z from 'zod/mini'
import type { JsonObject } from './json.js'

// The bundled copy must run where `new Function` is forbidden (edge runtimes, strict CSP).
z.config({ jitless: true })

/** Decimal digits of an unsigned 256-bit amount. */
const amount = z.string().check(z.regex(/^\d{1,78}$/))
const text = z.string().check(z.minLength(1), z.maxLength(256))
const seconds = z.number().check(z.nonnegative())
const extra = z.optional(z.nullable(z.record(z.string(), z.unknown())))

/** The frame of a challenge. Offers are parsed one by one, so that an odd one does not sink the rest. */
export const paymentRequiredFrame = z.object({
  x402Version: z.union([z.literal(1), z.literal(2)]),
  error: z.optional(z.nullable(z.string())),
  resource: z.optional(z.unknown()),
  accepts: z.array(z.unknown()),
  extensions: z.optional(z.nullable(z.record(z.string(), z.unknown())))
})

/** One entry of `accepts`. @see x402 v2 specification, section 5.1.2 */
export const offerV2 = z.object({
  scheme: text,
  network: text,
  amount,
  asset: text,
  payTo: text,
  maxTimeoutSeconds: seconds,
  extra
})

/** One entry of `accepts` in v1. @see x402 v1 specification, section 5.1 */
export const offerV1 = z.object({
  scheme: text,
  network: text,
  maxAmountRequired: amount,
  asset: text,
  payTo: text,
  maxTimeoutSeconds: seconds,
  extra
})

/** What both versions' entries come down to. */
export interface WireOffer {
  readonly scheme: string
  readonly network: string
  readonly amount: string
  readonly asset: string
  readonly payTo: string
  readonly maxTimeoutSeconds: number
  readonly extra: JsonObject
}

/** Reads one entry, or says in a few words what is wrong with it. */
export function parseWireOffer(version: 1 | 2, entry: unknown): WireOffer | string {
  const parsed = version === 2 ? offerV2.safeParse(entry) : offerV1.safeParse(entry)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.')
    return field ? `its ${field} is missing or malformed` : 'it is not an object'
  }
  const { data } = parsed
  return {
    scheme: data.scheme,
    network: data.network,
    amount: 'amount' in data ? data.amount : data.maxAmountRequired,
    asset: data.asset,
    payTo: data.payTo,
    maxTimeoutSeconds: data.maxTimeoutSeconds,
    extra: (data.extra ?? {}) as JsonObject
  }
}
