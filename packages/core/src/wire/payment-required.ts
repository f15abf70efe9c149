import * as z from 'zod/mini'
import { isJsonObject, type JsonObject } from './json.js'

// A page's content security policy may forbid `new Function`, and would report the attempt.
z.config({ jitless: typeof document !== 'undefined' })

/** Decimal digits of an unsigned 256-bit amount. */
const amount = z.string().check(z.regex(/^\d{1,78}$/))
const text = z.string().check(z.regex(/^.{1,256}$/s))
const seconds = z.number().check(z.gte(0))

/** The frame of a challenge. Offers are parsed one by one, so that an odd one does not sink the rest. */
export const paymentRequiredFrame = z.object({
  x402Version: z.literal([1, 2]),
  accepts: z.array(z.unknown())
})

const offer = { scheme: text, network: text, asset: text, payTo: text, maxTimeoutSeconds: seconds }

/** One entry of `accepts`. @see x402 v2 specification, section 5.1.2 */
const offerV2 = z.object({ ...offer, amount })

/** One entry of `accepts` in v1. @see x402 v1 specification, section 5.1 */
const offerV1 = z.object({ ...offer, maxAmountRequired: amount })

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
  if (!isJsonObject(entry)) return 'it is not an object'
  const { extra } = entry
  if (extra !== undefined && extra !== null && !isJsonObject(extra)) return 'its extra is malformed'
  const parsed = version === 2 ? offerV2.safeParse(entry) : offerV1.safeParse(entry)
  if (!parsed.success) return `its ${parsed.error.issues[0]?.path.join('.')} is missing or malformed`
  const { data } = parsed
  return { ...data, amount: 'amount' in data ? data.amount : data.maxAmountRequired, extra: extra ?? {} }
}
