import { formatUsdc } from '@bursar/core'
import type { WalletBalance } from 'bursar'
import { withWatchingBursar } from '../accounts/open-accounts.js'
import type { CommandContext } from '../context.js'
import { networkName } from '../text/network-name.js'
import { type Finding, failedFinding } from './finding.js'

/** Checks that there is an account, that its chains answer, and that one of them has USDC. */
export async function checkAccounts(context: CommandContext): Promise<readonly Finding[]> {
  try {
    const { wallets } = await withWatchingBursar(context, (bursar) => bursar.balances())
    const isEmpty = wallets.every(({ usdc }) => usdc === 0n)
    return wallets.map((wallet) => findingOf(wallet, { isEmpty }))
  } catch (error) {
    return [failedFinding('accounts', error)]
  }
}

function findingOf(
  { network, address, usdc, error }: WalletBalance,
  { isEmpty }: { readonly isEmpty: boolean }
): Finding {
  const what = networkName(network)
  if (usdc === undefined) return { what, ok: false, text: error?.message ?? '' }
  const text = `${address} has ${formatUsdc(usdc)} USDC${isEmpty ? ': send some' : ''}`
  return { what, ok: error === undefined && !isEmpty, text }
}
