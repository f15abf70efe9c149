import { type Address, isAddress } from '../address/address.js'
import { checksumAddress } from '../address/checksum-address.js'
import type { EvmWallet } from './evm-account.js'

/**
 * Creates the function that reads a wallet's address. An ethers signer may know its own only after a call.
 *
 * @throws {TypeError} when the wallet names no account: at once, or where it is called for, on first use.
 */
export function createAddressReader(wallet: EvmWallet): () => Promise<Address> {
  const named =
    'address' in wallet ? wallet.address : 'account' in wallet ? wallet.account?.address : undefined
  if (isAddress(named)) {
    const address = checksumAddress(named)
    return async () => address
  }
  if ('getAddress' in wallet) return async () => checkedAddress(await wallet.getAddress())
  throw nameless()
}

function checkedAddress(given: unknown): Address {
  if (isAddress(given)) return checksumAddress(given)
  throw nameless()
}

function nameless(): TypeError {
  return new TypeError('The wallet names no account; give it one (createWalletClient({ account, … }))')
}
