import type { MessageSigner, NetworkFamily, NetworkId } from '@bursar/core'
import { checksumAddress } from './evm-crypto.js'
import { isSolanaAddress } from './solana-address.js'

/** A wallet on one network, whose proof it is. */
export interface Wallet {
  readonly network: NetworkId
  readonly address: string
}

/** The family of a network that wallets can sign for, or nothing for any other text. */
export function familyOf(network: string): NetworkFamily | undefined {
  const [, namespace] = /^(eip155|solana):[\w-]{1,32}$/.exec(network) ?? []
  return namespace === 'eip155' || namespace === 'solana' ? namespace : undefined
}

/** Whether a text is the id of a network that wallets can sign for. */
export function isNetworkId(text: unknown): text is NetworkId {
  return typeof text === 'string' && familyOf(text) !== undefined
}

/** An address of the family in the spelling that is compared, or nothing for any other text. */
export function readAddress(family: NetworkFamily, text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  if (family === 'solana') return isSolanaAddress(text) ? text : undefined
  return /^0x[0-9a-fA-F]{40}$/.test(text) ? checksumAddress(text) : undefined
}

/**
 * The signer's wallet on a network.
 *
 * @throws {TypeError} when the signer is of another family or has no address.
 */
export async function walletOn(network: NetworkId, signer: MessageSigner): Promise<Wallet> {
  assertServes(signer, network)
  const address = readAddress(signer.family, await signer.address())
  if (address === undefined) throw new TypeError('The signer has no address of its network')
  return { network, address }
}

/**
 * Throws unless a signer is of the family of a network.
 *
 * @throws {TypeError}
 */
export function assertServes(signer: MessageSigner, network: NetworkId): void {
  if (familyOf(network) !== signer.family) throw new TypeError(`The signer cannot sign for ${network}`)
}
