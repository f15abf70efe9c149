import type { NetworkFamily, NetworkId } from '../network/network.js'

/** Signs texts for one wallet. Made by `createEvmSigner` or `createSolanaSigner` of `@bursar/siwx`, or of your own. */
export interface MessageSigner {
  readonly family: NetworkFamily
  /** EVM: `0x` hex with its checksum. Solana: base58. */
  address(): Promise<string>
  /**
   * Signs the UTF-8 bytes of a text.
   *
   * @param network for the error when it fails.
   * @returns EVM: `0x` hex of an EIP-191 signature. Solana: base58 of an Ed25519 signature.
   */
  sign(text: string, network: NetworkId): Promise<string>
}
