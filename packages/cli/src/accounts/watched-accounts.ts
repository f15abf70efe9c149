import type { CommandContext } from '../context.js'
import { walletAddresses } from '../wallet/wallet-keys.js'

/** Says that a text was to be signed, such as for a sign-in, and does not sign it. */
export type TextRefusal = () => Promise<never>

/**
 * Accounts of which only the addresses are known. They cannot sign.
 *
 * @param onText is called where a text is to be signed. Default: nobody asks them for one.
 */
export async function watchedAccounts(context: CommandContext, onText?: TextRefusal) {
  const addresses = await walletAddresses(context)
  const evm = addresses.find(({ chain }) => chain === 'evm')?.address
  const solana = addresses.find(({ chain }) => chain === 'solana')?.address
  return {
    ...(isHexAddress(evm)
      ? { evm: { address: evm, signTypedData: cannotSign, ...(onText && { signMessage: onText }) } }
      : {}),
    ...(solana === undefined
      ? {}
      : {
          solana: { address: solana, signTransactions: cannotSign, ...(onText && { signMessages: onText }) }
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
