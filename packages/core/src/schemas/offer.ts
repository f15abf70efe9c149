import * as z from 'zod/mini'
import { BASE, SOLANA_MAINNET } from '../network/network.js'
import { atomicAmount, jsonObject, name, wholeNumber } from './field.js'

const common = {
  scheme: name,
  network: name,
  asset: name,
  payTo: name,
  maxTimeoutSeconds: z.number().check(z.nonnegative()),
  extra: z.nullish(jsonObject)
}

/** One entry of a v2 challenge's `accepts`, by the standard. @see x402 v2 specification, section 5.1.2 */
export const offerV2Schema = z.object({ ...common, amount: atomicAmount })

/** One entry of a v1 challenge's `accepts`, by the standard. @see x402 v1 specification, section 5.1 */
export const offerV1Schema = z.object({ ...common, maxAmountRequired: atomicAmount })

/** How long a payment may take where the server does not say. */
const DEFAULT_TIMEOUT_SECONDS = 60

/** Servers leave the time out, write 0 for none, or write the number as text. */
const timeoutSeconds = z.pipe(
  z.optional(z.union([z.number().check(z.nonnegative()), wholeNumber])),
  z.transform((seconds: number | undefined) => seconds || DEFAULT_TIMEOUT_SECONDS)
)

/** An entry of either version, as servers send it: what follows from the rest may be missing. */
export const offerSchema = z.object({
  ...common,
  amount: z.nullish(atomicAmount),
  maxAmountRequired: z.nullish(atomicAmount),
  maxTimeoutSeconds: timeoutSeconds,
  decimals: z.optional(z.unknown())
})

/** An entry, as far as it is read. */
export type OfferEntry = z.infer<typeof offerSchema>

const absent = z.optional(z.never())

/** What Katana says of a price on EVM, in words of its own. */
const katanaPrice = z.object({
  currency: z.string(),
  decimals: z.number(),
  chain: z.string(),
  subtotalUsd: z.string(),
  estimatedGasUsd: z.string(),
  totalUsd: z.string()
})

/**
 * An entry of Katana's, which others resemble: the amounts of both versions, which are equal, its own networks and time,
 * and none of what the standard describes a resource, a signing domain or a fee payer with.
 */
export const katanaOfferSchema = z
  .object({
    network: z.literal([BASE, SOLANA_MAINNET]),
    amount: z.string(),
    maxAmountRequired: z.string(),
    maxTimeoutSeconds: z.literal(3600),
    resource: absent,
    description: absent,
    mimeType: absent,
    outputSchema: absent,
    extra: z.nullish(z.looseObject({ name: absent, version: absent, feePayer: absent }))
  })
  .check(
    z.refine(({ amount, maxAmountRequired }) => amount === maxAmountRequired),
    z.refine(({ network, extra }) => network !== BASE || katanaPrice.safeParse(extra).success)
  )
