import type { NetworkId } from '@bursar/core'
import type { Address, Hex } from '../address/address.js'
import type { ContractWallets } from '../rpc/contract-wallets.js'
import { normalKeySignature } from './key-signature.js'
import { signerFailed } from './signer-error.js'

/** A signature that a wallet returned, and what it should be. */
interface ReturnedSignature {
  readonly network: NetworkId
  readonly address: Address
  /** What was to be signed. */
  readonly hash: Uint8Array
  /** Whatever the wallet returned. */
  readonly signature: unknown
}

/** A signature that will be taken, and by what. */
export interface JudgedSignature {
  /** In the form that is sent: a key's in its normal form, a contract's as the wallet returned it. */
  readonly signature: Hex
  readonly by: 'key' | 'contract'
}

/** The end of a signature by a wallet that is not deployed yet. @see EIP-6492 */
const WRAPPED = /(?:6492){16}$/

/**
 * Judges a signature as those do who settle it: where there is code at the payer's address, by that contract alone,
 * whatever the signature's length (EIP-1271; so it is also for an account that has delegated itself by EIP-7702);
 * where there is none, by its key.
 *
 * @throws {BursarError} `signer/failed` when it would not be taken, or when nobody can say.
 */
export async function judgeSignature(
  contracts: ContractWallets,
  returned: ReturnedSignature
): Promise<JudgedSignature> {
  const { network, address, hash, signature } = returned
  if (!isSignature(signature)) throw signerFailed(network, 'it returned no signature')
  const question = { network, address, hash, signature }
  if (WRAPPED.test(signature)) return judgeByContract(contracts, question)
  const own = normalKeySignature(signature, hash, address)
  // A contract that was not there before may be there by now; a key's signature needs no second look.
  const isContract = await isContractAt(contracts, question, own !== undefined)
  if (isContract) return judgeByContract(contracts, question)
  if (own !== undefined) return { signature: own, by: 'key' }
  throw signerFailed(
    network,
    signature.length <= 132
      ? 'its signature is not by its address'
      : 'its signature is longer than that of a key, and there is no contract at its address'
  )
}

function isSignature(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x(?:[0-9a-fA-F]{2}){64,4096}$/.test(value)
}

/** @param isByKey then an outage does not matter: the chain is asked only where it may say otherwise. */
async function isContractAt(
  contracts: ContractWallets,
  { network, address }: ReturnedSignature,
  isByKey: boolean
): Promise<boolean> {
  try {
    return await contracts.isContract({ network, address }, { isByKey })
  } catch (cause) {
    if (isByKey) return false
    const reason = 'its signature is not by its address, and no RPC endpoint says whether a contract takes it'
    throw signerFailed(network, reason, cause)
  }
}

async function judgeByContract(
  contracts: ContractWallets,
  question: ReturnedSignature & { readonly signature: Hex }
): Promise<JudgedSignature> {
  const { network, signature } = question
  const isTaken = await contracts
    .takes({ ...question, isWrapped: WRAPPED.test(signature) })
    .catch((cause: unknown) => {
      throw signerFailed(network, 'no RPC endpoint says whether its contract takes its signature', cause)
    })
  if (isTaken) return { signature, by: 'contract' }
  throw signerFailed(network, 'the contract at its address does not take its signature')
}
