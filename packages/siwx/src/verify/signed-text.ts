import type { NetworkId } from '@bursar/core'

/** A text, and the wallet that is said to have signed it. */
export interface SignedText {
  readonly network: NetworkId
  /** As `readAddress` gives it. */
  readonly address: string
  readonly text: string
  /** As the proof carries it. A contract's: `0x` hex. */
  readonly signature: string
}
