import { malformedEvmKey } from '@bursar/core'
import type { LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { isHash } from '../address/address.js'
import type { EvmAccount } from './evm-account.js'

/** An account that can also send transactions, or nothing: a signer of typed data alone cannot pay gas. */
export function sendingAccountOf(account: EvmAccount): LocalAccount | undefined {
  if (typeof account === 'string') return accountOfKey(account)
  const candidate = 'account' in account ? account.account : account
  return isLocalAccount(candidate) ? candidate : undefined
}

/** viem marks the accounts that sign by themselves, instead of asking a node. */
function isLocalAccount(candidate: object): candidate is LocalAccount {
  return 'signTransaction' in candidate && 'type' in candidate && candidate.type === 'local'
}

function accountOfKey(key: string): LocalAccount {
  if (isHash(key)) return privateKeyToAccount(key)
  throw malformedEvmKey(key)
}
