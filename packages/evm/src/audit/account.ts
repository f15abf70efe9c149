import type { LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Address, EvmAccount, Hex } from '../account/evm-account.js'

/** An account that can also send transactions, or nothing: a signer of typed data alone cannot pay gas. */
export function sendingAccount(account: EvmAccount): LocalAccount | undefined {
  if (typeof account === 'string') return accountOfKey(account)
  const candidate = 'account' in account ? account.account : account
  return 'signTransaction' in candidate && 'type' in candidate && candidate.type === 'local'
    ? (candidate as LocalAccount)
    : undefined
}

/** Who pays. */
export function addressOf(account: EvmAccount): Address {
  if (typeof account === 'string') return accountOfKey(account).address
  return 'account' in account ? account.account.address : account.address
}

function accountOfKey(key: string): LocalAccount {
  if (/^0x[0-9a-fA-F]{64}$/.test(key)) return privateKeyToAccount(key as Hex)
  throw new TypeError('The EVM private key is not 0x and 64 hex digits (its value is not shown)')
}
