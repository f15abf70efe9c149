import { parseUsdc } from '@bursar/core'
import { reportPayments, withPayingBursar } from '../accounts/open-accounts.js'
import { type BalanceOptions, openBalance } from '../accounts/open-balance.js'
import type { CommandContext } from '../context.js'
import { networkName } from '../text/network-name.js'

/** The options of `topup`. */
export interface TopUpVerbOptions extends BalanceOptions {
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Puts USDC on the prepaid balance at a service. */
export async function topUp(
  context: CommandContext,
  amount: string,
  options: TopUpVerbOptions
): Promise<void> {
  parseUsdc(amount)
  await withPayingBursar(context, options, async (bursar) => {
    reportPayments(context, bursar)
    const account = openBalance(context, bursar, options)
    const toppedUp = await account.topUp(amount)
    if (options.json) return context.out(`${JSON.stringify(topUpJson(toppedUp))}\n`)
    const { credited, balance } = toppedUp
    context.out(`${credited} USDC credited; the balance is ${balance ?? 'not known'} USDC.\n`)
  })
}

type TopUp = Awaited<ReturnType<ReturnType<typeof openBalance>['topUp']>>

function topUpJson(toppedUp: TopUp) {
  const { wallet, network, asset, credited, paid, balance, transaction } = toppedUp
  return {
    wallet,
    network,
    networkName: networkName(network),
    asset,
    credited,
    creditedAtomic: String(parseUsdc(credited)),
    paid,
    paidAtomic: String(parseUsdc(paid)),
    balance: balance ?? null,
    transaction: transaction ?? null
  }
}
