import { atomicUsdc, decodeHeader, isBursarError } from '@bursar/core'
import type { RejectedCall, Shortfall } from '@bursar/prepaid'
import type * as z from 'zod/mini'
import { object, objects, text } from '../../shared/wire/tolerant-schemas.js'
import { usdc } from '../wire/prepaid.js'

const MAX_OFFERS = 256

/** The local gateway names the amount in the body as well. */
const bodySchema = object({ error: object({ details: object({ top_up_usdc: usdc }) }) })

/** What PAYMENT-REQUIRED carries, as far as a shortfall is read from it. */
const challengeSchema = object({
  accepts: objects({ network: text(), amount: text(), extra: object({ subtotalUsd: usdc }) }, MAX_OFFERS)
})

type WireOffer = z.output<typeof challengeSchema>['accepts'][number]

/** Katana 69: reads the requirement of a top-up that would be enough; `undefined` when the 402 says something else. */
export function shortfallOf({ headers, body, network }: RejectedCall): Shortfall | undefined {
  const { top_up_usdc: exact } = bodySchema.parse(body ?? {}).error.details
  if (exact !== undefined) return { missing: exact, isExact: true }
  const offers = offersIn(headers)
  const offer = offers.find((each) => each.network === network) ?? offers[0]
  const price = offer?.extra.subtotalUsd
  if (price !== undefined) return { missing: price, isExact: true }
  return offer && boundOf(offer)
}

function offersIn(headers: Headers): readonly WireOffer[] {
  const header = headers.get('payment-required')
  if (header === null) return []
  try {
    return challengeSchema.parse(decodeHeader('PAYMENT-REQUIRED', header)).accepts
  } catch (error) {
    if (isBursarError(error)) return []
    throw error
  }
}

/** An amount that includes the gas: no more than that is missing. */
function boundOf({ amount = '' }: WireOffer): Shortfall | undefined {
  return /^\d{1,15}$/.test(amount) ? { missing: atomicUsdc(BigInt(amount)), isExact: false } : undefined
}
