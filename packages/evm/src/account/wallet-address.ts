import { loadOnce } from '@bursar/core'
import { type Address, isAddress } from '../address/address.js'
import type { EvmWallet } from './evm-account.js'

/**
 * Creates the function that reads a wallet's address. An ethers signer may know its own only after a call.
 *
 * @throws {TypeError} when the wallet names no account: at once, or where it is called for, on first use.
 */
export function createAddressReader(wallet: EvmWallet): () => Promise<Address> {
  const named =
    'address' in wallet ? wallet.address : 'account' in wallet ? wallet.account?.address : undefined
  if (isAddress(named)) return loadOnce(() => withChecksum(named))
  if ('getAddress' in wallet) return async () => checkedAddress(await wallet.getAddress())
  throw nameless()
}

async function checkedAddress(given: unknown): Promise<Address> {
  if (isAddress(given)) return withChecksum(given)
  throw nameless()
}

/** What hashes is loaded with the first payment. */
async function withChecksum(address: Address): Promise<Address> {
  return (await import('../address/checksum-address.js')).checksumAddress(address)
}

function nameless(): TypeError {
  return new TypeError('The wallet names no account; give it one (createWalletClient({ account, … }))')
}
