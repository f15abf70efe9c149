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
  const parts = async (signal: AbortSignal | undefined) => ({
    ...{ wallet, signal, address: await address(), contracts: await loadContracts() }
  })
  return {
    address,
    syncSigner: async () => undefined,
    sign: async (request, signal) => (await load()).signWithWallet(await parts(signal), request),
    signData: async (request, signal) => (await load()).signDataWithWallet(await parts(signal), request)
  }
}
