import { malformedEvmKey } from '@bursar/core'
import type { LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { type Address, isHash } from '../address/address.js'
import type { EvmAccount } from './evm-account.js'
import { createAddressReader } from './wallet-address.js'

/** An account that can also send transactions, or nothing: a signer of typed data alone cannot pay gas. */
export function sendingAccountOf(account: EvmAccount): LocalAccount | undefined {
  if (typeof account === 'string') return accountOfKey(account)
  const candidate = 'account' in account ? account.account : account
  return isLocalAccount(candidate) ? candidate : undefined
}

/**
 * Creates the function that reads the address that pays.
 *
 * @throws {TypeError} when the account is a malformed key, or names no address. The message does not show a key.
 */
export function addressReaderOf(account: EvmAccount): () => Promise<Address> {
  if (typeof account !== 'string') return createAddressReader(account)
  const { address } = accountOfKey(account)
  return async () => address
}

/** viem marks the accounts that sign by themselves, instead of asking a node. */
function isLocalAccount(candidate: object): candidate is LocalAccount {
  return 'signTransaction' in candidate && 'type' in candidate && candidate.type === 'local'
}

function accountOfKey(key: string): LocalAccount {
  if (isHash(key)) return privateKeyToAccount(key)
  throw malformedEvmKey(key)
}
