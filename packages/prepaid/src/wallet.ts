import type { NetworkId, WalletProof } from '@bursar/core'

/** Proves the wallet whose balance it is, to one origin. */
export interface PrepaidWallet {
  readonly network: NetworkId
  /** EVM: `0x` hex with its checksum. Solana: base58. */
  address(): Promise<string>
  /** @throws {BursarError} `proof/wrong-origin`, `signer/failed` */
  createProof(url: string): Promise<Pick<WalletProof, 'headerFor'>>
}
