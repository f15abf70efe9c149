import type { AtomicUsdc } from '../amount/atomic.js'
import type { Asset, Network } from '../network/network.js'
import type { JsonObject } from '../wire/json.js'

/** `exact`: the amount is paid. `upto`: the server takes what its answer did cost, and at most the amount. */
type PaymentScheme = 'exact' | 'upto'

/** A parsed offer: one way to pay. */
export interface Offer {
  readonly scheme: PaymentScheme
  readonly network: Network
  readonly asset: Asset
  /** In the asset's own smallest unit: exactly what is paid, or the most that `upto` may take. It is what is signed for. */
  readonly amountAtomic: bigint
  /** Its cost against the limits: `1_000_000n = 1 dollar`, rounded up for assets with more decimals. */
  readonly cost: AtomicUsdc
  /** Dollars for one unit of the asset, as the user said. Absent: the asset is a dollar. */
  readonly rate?: string | undefined
  readonly payTo: string
  /** As the server states it. It is clamped before use. */
  readonly maxTimeoutSeconds: number
  /** Whether the server takes the money before it begins, and keeps it when it fails (`upfront`). */
  readonly chargesFirst?: true | undefined
  readonly extra: JsonObject
  /** The entry exactly as received, for the echo. */
  readonly raw: JsonObject
}
