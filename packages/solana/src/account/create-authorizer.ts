import type { SolanaAuthorizer } from './authorizer.js'
import { createKeyAuthorizer } from './key-authorizer.js'
import { createKitAuthorizer } from './kit-authorizer.js'
import { readSecretKey } from './secret-key.js'
import type { SolanaAccount } from './solana-account.js'
import { createWalletAuthorizer } from './wallet-authorizer.js'

/**
 * Creates the authorizer of any kind of Solana account.
 *
 * @throws {TypeError} when it is of no known kind. The message never shows a key.
 */
export function createAuthorizer(account: SolanaAccount): SolanaAuthorizer {
  if (typeof account === 'string' || account instanceof Uint8Array || isNumbers(account)) {
    return createKeyAuthorizer(readSecretKey(account))
  }
  if (typeof account === 'object' && account !== null) {
    if ('secretKey' in account) return createKeyAuthorizer(readSecretKey(account.secretKey))
    if ('signTransaction' in account) return createWalletAuthorizer(account)
    if ('signTransactions' in account || 'modifyAndSignTransactions' in account) {
      return createKitAuthorizer(account)
    }
  }
  throw new TypeError(
    'solana must be a secret key, a web3.js Keypair, a wallet with signTransaction, or a kit signer'
  )
}

/** `Array.isArray` alone does not narrow a readonly array. */
function isNumbers(account: SolanaAccount): account is readonly number[] {
  return Array.isArray(account)
}
