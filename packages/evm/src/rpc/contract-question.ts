import type { NetworkId } from '@bursar/core'
import type { Address, Hex } from '../address/address.js'

/** An account on one network. */
export interface AccountOnChain {
  readonly network: NetworkId
  readonly address: Address
}

/** A signature that a contract is asked about. */
export interface ContractQuestion extends AccountOnChain {
  /** What was signed. */
  readonly hash: Uint8Array
  readonly signature: Hex
  /** Whether the signature tells how to deploy the contract first. @see EIP-6492 */
  readonly isWrapped: boolean
}
