import { parseUsdc } from '@bursar/core'
import { reportPayments, withPayingBursar } from '../accounts/open-accounts.js'
import { type BalanceOptions, openBalance } from '../accounts/open-balance.js'
import type { CommandContext } from '../context.js'

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
    if (options.json) return context.out(`${JSON.stringify(toppedUp)}\n`)
    const { credited, balance } = toppedUp
    context.out(`${credited} USDC credited; the balance is ${balance ?? 'not known'} USDC.\n`)
  })
}
