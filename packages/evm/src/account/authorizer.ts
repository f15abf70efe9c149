import type { Authorization, TokenDomain } from '../authorization.js'
import type { Address, EvmAccount, Hex } from './evm-account.js'
import { keyAuthorizer } from './key-authorizer.js'
import { walletAuthorizer } from './wallet-authorizer.js'

/** Signs without a wait. */
type SignSync = (domain: TokenDomain, authorization: Authorization) => Hex

/** Signs EIP-3009 authorizations for one address. */
export interface Authorizer {
  address(): Promise<Address>
  sign(domain: TokenDomain, authorization: Authorization): Promise<Hex>
  /** What signs without a wait, once it is loaded: for keys in Node; not in browsers, nor for wallets. */
  syncSigner(): Promise<SignSync | undefined>
}

/**
 * Takes any kind of account.
 *
 * @throws {TypeError} when it is none. The message never shows a key.
 */
export function createAuthorizer(account: EvmAccount): Authorizer {
  if (typeof account === 'string') return keyAuthorizer(account)
  if (typeof account === 'object' && account !== null && typeof account.signTypedData === 'function') {
    return walletAuthorizer(account)
  }
  throw new TypeError('evm must be a private key, a viem account or wallet client, or a signer of typed data')
}
