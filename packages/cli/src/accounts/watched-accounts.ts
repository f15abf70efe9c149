import type { CommandContext } from '../context.js'
import { walletAddresses } from '../wallet/wallet-keys.js'

/** Accounts of which only the addresses are known. They cannot sign. */
export async function watchedAccounts(context: CommandContext) {
  const addresses = await walletAddresses(context)
  const evm = addresses.find(({ chain }) => chain === 'evm')?.address
  const solana = addresses.find(({ chain }) => chain === 'solana')?.address
  return {
    ...(isHexAddress(evm) ? { evm: { address: evm, signTypedData: cannotSign } } : {}),
    ...(solana === undefined ? {} : { solana: { address: solana, signTransactions: cannotSign } })
  }
}

function isHexAddress(address: string | undefined): address is `0x${string}` {
  return address?.startsWith('0x') ?? false
}

async function cannotSign(): Promise<never> {
  throw new TypeError('This command knows the address of the wallet and not its key')
}
