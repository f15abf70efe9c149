import type * as z from 'zod/mini'
import { costOf } from '../amount/cost.js'
import type { OfferRejection } from '../error/error-contexts.js'
import type { Asset } from '../network/network.js'
import type { Registry } from '../network/registry.js'
import { type OfferEntry, offerSchema } from '../schemas/offer.js'
import { isJsonObject, type JsonObject } from '../wire/json.js'
import { shortText } from '../wire/short-text.js'
import type { Offer } from './offer.js'
import { readAmount } from './offer-amount.js'
import { readPaymentFlow } from './payment-flow.js'
import { type KnownToken, termsRejectionReason } from './terms-rejection.js'

const evmAddress = /^0x[0-9a-fA-F]{40}$/
const solanaAddress = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/

/** Reads one entry of `accepts`, of either version, or says why it is rejected. */
export function parseOffer(entry: unknown, registry: Registry): Offer | OfferRejection {
  if (!isJsonObject(entry)) return { reason: 'it is not an object' }
  const parsed = offerSchema.safeParse(entry)
  if (!parsed.success) return reject(entry, `its ${fieldOf(parsed.error)} is missing or malformed`)
  const { scheme, payTo, maxTimeoutSeconds, extra } = parsed.data
  if (scheme !== 'exact' && scheme !== 'upto')
    return reject(entry, `its scheme "${shortText(scheme, 80)}" is not "exact" or "upto"`)
  const known = lookUp(parsed.data, registry)
  if (typeof known === 'string') return reject(entry, known)
  const { network, asset } = known
  const amountAtomic = readAmount(parsed.data, network)
  if (typeof amountAtomic === 'string') return reject(entry, amountAtomic)
  const reason = termsRejectionReason(parsed.data, known)
  if (reason !== undefined) return reject(entry, reason)
  const flow = readPaymentFlow(extra?.paymentFlow)
  if ('reason' in flow) return reject(entry, flow.reason)
  const rate = registry.rateOf(asset)
  if (rate === undefined) return reject(entry, rateReason(asset))
  return {
    scheme,
    network,
    asset,
    amountAtomic,
    cost: costOf(amountAtomic, asset, rate),
    rate: asset.currency === 'USD' ? undefined : rate,
    payTo,
    maxTimeoutSeconds,
    ...flow,
    extra: extra ?? {},
    raw: entry
  }
}

/** The network and the asset of an entry, or why it has none that may be signed for. */
function lookUp(entry: OfferEntry, registry: Registry): KnownToken | string {
  const network = registry.network(entry.network)
  if (!network) return `its network "${shortText(entry.network, 80)}" is not known`
  const isAddress = network.family === 'solana' ? solanaAddress : evmAddress
  if (!isAddress.test(entry.asset)) return 'its asset is not an address'
  if (!isAddress.test(entry.payTo)) return 'its payTo is not an address'
  const asset = registry.asset(network.id, entry.asset)
  return asset
    ? { network, asset }
    : `its asset ${entry.asset} is not known; add it to known.assets if you trust it`
}

/** The rejection of an entry, with the fields that identify it as far as they can be read. */
function reject(entry: JsonObject, reason: string): OfferRejection {
  const names = (['scheme', 'network', 'payTo'] as const).flatMap((name) => {
    const line = shortText(entry[name], 80)
    return line === undefined ? [] : [[name, line] as const]
  })
  return { ...Object.fromEntries(names), reason }
}

function fieldOf({ issues }: z.core.$ZodError): string {
  return String(issues[0]?.path[0])
}

/** Why an asset is not paid that nobody said the worth of. */
function rateReason({ symbol }: Asset): string {
  return `its asset ${symbol} is not a dollar; say what one is worth: rates: { ${symbol}: '…' }`
}
