import { loadOnce } from '@bursar/core'
import type { ContractWallets } from '../rpc/contract-wallets.js'
import type { EvmAuthorizer } from './authorizer.js'
import type { EvmWallet } from './evm-account.js'
import { createAddressReader } from './wallet-address.js'

/**
 * Signs through a wallet, and checks what it returns. What that needs is loaded by the first payment, since most accounts
 * are keys.
 *
 * @throws {TypeError} when the wallet names no account.
 */
export function createWalletAuthorizer(
  wallet: EvmWallet,
  loadContracts: () => Promise<ContractWallets>
): EvmAuthorizer {
  const address = createAddressReader(wallet)
  const load = loadOnce(() => import('./sign-with-wallet.js'))
  return {
    address,
    syncSigner: async () => undefined,
    async sign(request) {
      const { signWithWallet } = await load()
      return signWithWallet({ wallet, address: await address(), contracts: await loadContracts() }, request)
    }
  }
}
