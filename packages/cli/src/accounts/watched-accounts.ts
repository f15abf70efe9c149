import type { CommandContext } from '../context.js'
import { walletAddresses } from '../wallet/wallet-keys.js'

/** Says that something was to be signed, and does not sign it. */
export type SigningRefusal = () => Promise<never>

/**
 * Accounts of which only the addresses are known. They cannot sign.
 *
 * @param onSign is called where something is to be signed. Default: they are not asked for texts, such as of a sign-in.
 */
export async function watchedAccounts(context: CommandContext, onSign?: SigningRefusal) {
  const addresses = await walletAddresses(context)
  const evm = addresses.find(({ chain }) => chain === 'evm')?.address
  const solana = addresses.find(({ chain }) => chain === 'solana')?.address
  const sign = onSign ?? cannotSign
  return {
    ...(isHexAddress(evm)
      ? { evm: { address: evm, signTypedData: sign, ...(onSign && { signMessage: onSign }) } }
      : {}),
    ...(solana === undefined
      ? {}
      : {
          solana: { address: solana, signTransactions: sign, ...(onSign && { signMessages: onSign }) }
        })
  }
}

function isHexAddress(address: string | undefined): address is `0x${string}` {
  return address?.startsWith('0x') ?? false
}

/** Nothing of this account is signed. */
export async function cannotSign(): Promise<never> {
  throw new TypeError('This command knows the address of the wallet and not its key')
}
