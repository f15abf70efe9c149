import type { AtomicUsdc } from '../amount/atomic.js'
import type { Asset, Network } from '../network/network.js'
import type { JsonObject } from '../wire/json.js'

/** One way to pay that the server offered, understood. */
export interface Offer {
  readonly scheme: 'exact'
  readonly network: Network
  readonly asset: Asset
  /** In the asset's own smallest unit; exactly what is signed for. */
  readonly amountAtomic: bigint
  /** What it counts against the limits: `1_000_000n = 1 USDC`, rounded up for finer assets. */
  readonly cost: AtomicUsdc
  readonly payTo: string
  /** The server's word. Never used unclamped. */
  readonly maxTimeoutSeconds: number
  readonly extra: JsonObject
  /** The entry exactly as received, for the echo. */
  readonly raw: JsonObject
}
