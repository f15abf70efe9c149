import type { ContractWallets } from '../rpc/contract-wallets.js'
import type { EvmAuthorizer } from './authorizer.js'
import type { EvmAccount } from './evm-account.js'
import { createKeyAuthorizer } from './key-authorizer.js'
import { createWalletAuthorizer } from './wallet-authorizer.js'

/**
 * Creates the authorizer of any kind of EVM account.
 *
 * @param loadContracts loads what asks the chain about a wallet that is a contract. A key needs none of it.
 * @throws {TypeError} when it is of no known kind. The message never shows a key.
 */
export function createAuthorizer(
  account: EvmAccount,
  loadContracts: () => Promise<ContractWallets>
): EvmAuthorizer {
  if (typeof account === 'string') return createKeyAuthorizer(account)
  if (typeof account === 'object' && account !== null && typeof account.signTypedData === 'function') {
    return createWalletAuthorizer(account, loadContracts)
  }
  throw new TypeError('evm must be a private key, a viem account or wallet client, or a signer of typed data')
}
