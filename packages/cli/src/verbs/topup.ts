import { formatUsdc, parseUsdc } from '@bursar/core'
import { reportPayments, withPayingBursar } from '../accounts/open-accounts.js'
import { type BalanceOptions, openBalance } from '../accounts/open-balance.js'
import type { CommandContext } from '../context.js'
import type { StoredLimits } from '../limits/stored-limits.js'
import { networkName } from '../text/network-name.js'
import { UsageError } from '../usage-error.js'

/** The options of `topup`. */
export interface TopUpVerbOptions extends BalanceOptions {
  readonly maxAmount?: string
  /** Decimal USDC: nothing is paid while the balance holds as much. */
  readonly keepAbove?: string
  /** Decimal USDC, with `keepAbove`: by how much it is topped up. */
  readonly by?: string
  readonly json?: boolean
}

type Account = Awaited<ReturnType<typeof openBalance>>
type TopUp = Awaited<ReturnType<Account['topUp']>>

/** Puts USDC on the prepaid balance at a service: now, or where it holds less than it is to. */
export async function topUp(
  context: CommandContext,
  amount: string | undefined,
  options: TopUpVerbOptions
): Promise<void> {
  const wanted = wantedAmount(amount, options)
  const limit = dayLimit(wanted, options)
  await withPayingBursar(context, { ...options, limit }, async (bursar) => {
    reportPayments(context, bursar)
    const account = await openBalance(context, { bursar, atLeast: parseUsdc(wanted) }, options)
    if (await holdsEnough(context, account, options)) return
    const toppedUp = await account.topUp(wanted)
    if (options.json) return context.out(`${JSON.stringify(topUpJson(toppedUp))}\n`)
    const { credited, balance } = toppedUp
    context.out(`${credited} USDC credited; the balance is ${balance ?? 'not known'} USDC.\n`)
  })
}

/** @throws {UsageError} when it is not said, or said twice. */
function wantedAmount(amount: string | undefined, { keepAbove, by }: TopUpVerbOptions): string {
  if (keepAbove === undefined && by === undefined) {
    if (amount === undefined)
      throw new UsageError('Say how much: bursar topup 1.00, or --keep-above 2 --by 5')
    parseUsdc(amount)
    return amount
  }
  if (amount !== undefined)
    throw new UsageError('--keep-above takes its amount from --by: leave the first one out')
  if (keepAbove !== undefined && by !== undefined) return by
  throw new UsageError('--keep-above and --by belong together: bursar topup --keep-above 2 --by 5')
}

/** What runs by itself has a bound for a day, gas included, whatever the service says of the balance. */
function dayLimit(wanted: string, { keepAbove }: TopUpVerbOptions): StoredLimits | undefined {
  return keepAbove === undefined ? undefined : { day: formatUsdc(parseUsdc(wanted) * 2n + GAS_ATOMIC) }
}

/** Gas of two top-ups: on Solana with the rent of the service's account. `1_000_000n = 1 USDC`. */
const GAS_ATOMIC = 1_000_000n

async function holdsEnough(
  context: CommandContext,
  account: Account,
  { keepAbove, json }: TopUpVerbOptions
): Promise<boolean> {
  if (keepAbove === undefined) return false
  const held = await account.balance()
  if (held < parseUsdc(keepAbove)) return false
  const enough = { isEnough: true, balance: formatUsdc(held), balanceAtomic: String(held) }
  context.out(json ? `${JSON.stringify(enough)}\n` : `${enough.balance} USDC: enough.\n`)
  return true
}

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
