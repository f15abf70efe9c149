import type { AtomicUsdc } from '../amount/atomic.js'
import type { Asset, Network } from '../network/network.js'
import type { JsonObject } from '../wire/json.js'

/** A parsed offer: one way to pay. */
export interface Offer {
  readonly scheme: 'exact'
  readonly network: Network
  readonly asset: Asset
  /** In the asset's own smallest unit; exactly what is signed for. */
  readonly amountAtomic: bigint
  /** Its cost against the limits: `1_000_000n = 1 dollar`, rounded up for assets with more decimals. */
  readonly cost: AtomicUsdc
  /** Dollars for one unit of the asset, as the user said. Absent: the asset is a dollar. */
  readonly rate?: string | undefined
  readonly payTo: string
  /** As the server states it. It is clamped before use. */
  readonly maxTimeoutSeconds: number
  readonly extra: JsonObject
  /** The entry exactly as received, for the echo. */
  readonly raw: JsonObject
}
