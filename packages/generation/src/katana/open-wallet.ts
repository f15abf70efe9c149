import { BASE, type BursarParts, type NetworkFamily, type NetworkId } from '@bursar/core'
import type { PrepaidWallet } from '@bursar/prepaid'
import { createKatanaProofProvider } from '@bursar/siwx'

/** The wallet of a prepaid balance. */
export interface KatanaWallet {
  /** From which the balance is topped up. */
  readonly network: NetworkId
  /** Proves whose the balance is. `undefined`: the account signs no texts, or there is none. */
  readonly proves: PrepaidWallet | undefined
}

/**
 * Opens the wallet of a bursar's account.
 *
 * @param requested the network. Default: that of the first account.
 * @throws {TypeError} when there is no account on the network that was requested.
 */
export function openWallet(
  parts: Pick<BursarParts, 'networks' | 'signerOf' | 'clock' | 'random'>,
  origin: string,
  requested: NetworkId | undefined
): KatanaWallet {
  const { signerOf, clock, random } = parts
  const network = networkOf(parts, requested)
  const signer = signerOf(familyOf(network))
  if (!signer) return { network, proves: undefined }
  const { createProof } = createKatanaProofProvider({ signer, origin, network, clock, random })
  return { network, proves: { network, address: signer.address, createProof } }
}

function networkOf({ networks }: Pick<BursarParts, 'networks'>, requested: NetworkId | undefined): NetworkId {
  if (requested === undefined) return networks[0] ?? BASE
  if (networks.some((network) => familyOf(network) === familyOf(requested))) return requested
  throw new TypeError(`There is no account on ${requested}`)
}

function familyOf(network: NetworkId): NetworkFamily {
  return network.startsWith('solana:') ? 'solana' : 'eip155'
}
