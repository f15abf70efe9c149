import type { NetworkId } from '@bursar/core'
import type { WalletProof } from '@bursar/siwx'

/** Proves the wallet whose balance it is, to one origin. */
export interface PrepaidWallet {
  readonly network: NetworkId
  /** EVM: `0x` hex with its checksum. Solana: base58. */
  address(): Promise<string>
  /** @throws {BursarError} `proof/wrong-origin`, `signer/failed` */
  prove(url: string): Promise<Pick<WalletProof, 'headerFor'>>
}
