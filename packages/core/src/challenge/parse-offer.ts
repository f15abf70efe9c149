import { atomicUsdc } from '../amount/atomic.js'
import type { OfferRejection } from '../error/error-codes.js'
import type { Asset, Network } from '../network/network.js'
import type { Registry } from '../network/registry.js'
import type { JsonObject } from '../wire/json.js'
import { shortText } from '../wire/short-text.js'
import { parseWireOffer } from '../wire/wire-offer.js'
import type { Offer } from './challenge.js'

const MAX_UINT256 = 2n ** 256n - 1n
const MAX_UINT64 = 2n ** 64n - 1n
const evmAddress = /^0x[0-9a-fA-F]{40}$/
const solanaAddress = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/

/** Reads one entry of `accepts`, or tells why it is set aside. */
export function parseOffer(version: 1 | 2, entry: unknown, registry: Registry): Offer | OfferRejection {
  const wire = parseWireOffer(version, entry)
  if (typeof wire === 'string') return { reason: wire }
  const reject = (reason: string): OfferRejection => ({
    scheme: shortText(wire.scheme, 40) ?? '',
    network: shortText(wire.network, 80) ?? '',
    reason
  })
  if (wire.scheme !== 'exact') return reject('its scheme is not "exact"')
  const network = version === 1 ? registry.networkByV1Name(wire.network) : registry.network(wire.network)
  if (!network) return reject('its network is not known')
  const isAddress = network.family === 'solana' ? solanaAddress : evmAddress
  if (!isAddress.test(wire.asset)) return reject('its asset is not an address')
  if (!isAddress.test(wire.payTo)) return reject('its payTo is not an address')
  const asset = registry.asset(network.id, wire.asset)
  if (!asset) return reject(`its asset ${wire.asset} is not known; add it to assets if you trust it`)
  const amountAtomic = BigInt(wire.amount)
  if (amountAtomic === 0n) return reject('its amount is zero')
  if (amountAtomic > maxAmount(network)) return reject('its amount is out of range')
  return {
    scheme: 'exact',
    network,
    asset,
    amountAtomic,
    cost: costInUsdc(amountAtomic, asset),
    payTo: wire.payTo,
    maxTimeoutSeconds: wire.maxTimeoutSeconds,
    extra: wire.extra,
    raw: entry as JsonObject
  }
}

function maxAmount(network: Network): bigint {
  return network.family === 'solana' ? MAX_UINT64 : MAX_UINT256
}

/** One unit of the asset counts as one USDC; what is finer than a micro-dollar is rounded up. */
function costInUsdc(amountAtomic: bigint, asset: Asset): Offer['cost'] {
  if (asset.decimals === 6) return atomicUsdc(amountAtomic)
  const unit = 10n ** BigInt(asset.decimals)
  const micros = (amountAtomic * 1_000_000n + unit - 1n) / unit
  return atomicUsdc(micros > MAX_UINT256 ? MAX_UINT256 : micros)
}
