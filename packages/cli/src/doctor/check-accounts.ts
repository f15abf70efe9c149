import { formatUsdc } from '@bursar/core'
import type { WalletBalance } from 'bursar'
import { withReadingBursar } from '../accounts/open-accounts.js'
import type { CommandContext } from '../context.js'
import { networkName } from '../text/network-name.js'
import { type Finding, failedFinding } from './finding.js'

/** What is known of what will be paid. */
interface Wanted {
  /** Whether an offer is looked at, which may ask for another token or network. What it needs is then told of it alone. */
  readonly isOfferKnown: boolean
}

/** Checks that there is an account, that its chains answer, and, without an offer, that one of them has USDC. */
export async function checkAccounts(
  context: CommandContext,
  { isOfferKnown }: Wanted
): Promise<readonly Finding[]> {
  try {
    const { wallets } = await withReadingBursar(context, (bursar) => bursar.balances())
    const isEmpty = !isOfferKnown && wallets.every(({ usdc }) => usdc === 0n)
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
