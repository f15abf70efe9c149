import type { BursarEvent } from '@bursar/fetch'
import type { Policy } from '@bursar/policy'
import type { Bursar } from 'bursar'
import type { CommandContext, MoneyAtStake, Progress } from '../context.js'
import { commandPolicy, type PolicyContext, payingPolicy } from '../policy/command-policy.js'
import type { PolicyFlags } from '../policy/policy-flags.js'
import { networkName } from '../text/network-name.js'
import { checkUsage } from '../usage-error.js'
import { type AccountOptions, payingOptions, pricingOptions, watchingOptions } from './account-options.js'
import { readingLedgerOf } from './reading-ledger.js'
import { stoppedAccounts } from './stopped-payments.js'

/** The policy of a bursar that pays nothing, and still needs a limit. */
function payingNothing(context: PolicyContext): Policy {
  return { ...commandPolicy(context).policy, limits: { payment: '0' } }
}

/**
 * Uses a bursar that can pay, as far as the policy allows, and closes it. While the record refuses every payment nobody is asked
 * for a passphrase, unless something is to be signed all the same: then it is used once more, with the key.
 */
export async function withPayingBursar<Value>(
  context: CommandContext,
  flags: PolicyFlags,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  const { policy } = payingPolicy(context, flags)
  const stopped = await stoppedAccounts(context, policy)
  if (stopped) {
    try {
      return await withBursar(context, { ...stopped.options, checkBalance: 'always' }, use)
    } catch (error) {
      if (!stopped.needsKey()) throw error
    }
  }
  const options = await payingOptions(context, policy)
  return withBursar(context, { ...options, checkBalance: 'always' }, use)
}

/** Uses a bursar that looks and pays nothing, and closes it. */
export async function withWatchingBursar<Value>(
  context: CommandContext,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  return useAndClose(await openWatchingBursar(context), use)
}

/** Opens a bursar that looks and pays nothing. @throws {UsageError} when there is no account. */
export async function openWatchingBursar(context: CommandContext): Promise<Bursar> {
  return openBursar(context, await watchingOptions(context, payingNothing(context)))
}

/** As {@link withWatchingBursar}, for a verb that writes nothing: also where the record can be read and not written. */
export async function withReadingBursar<Value>(
  context: CommandContext,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  const options = await watchingOptions(context, payingNothing(context))
  return withBursar(context, { ...options, ledger: readingLedgerOf(context) }, use)
}

/**
 * Uses a bursar that knows prices and pays and writes nothing, with an account or without one, and closes it. The record need not
 * be one that can be written.
 */
export async function withPricingBursar<Value>(
  context: CommandContext,
  policy: Policy,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  const options = await pricingOptions(context, policy)
  return withBursar(context, { ...options, ledger: readingLedgerOf(context) }, use)
}

/** Uses a bursar whose keys sign, and that pays nothing, and closes it. */
export async function withSigningBursar<Value>(
  context: CommandContext,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  return withBursar(context, await payingOptions(context, payingNothing(context)), use)
}

/** As {@link withSigningBursar}, for a verb that writes nothing: also where the record can be read and not written. */
export async function withProvingBursar<Value>(
  context: CommandContext,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  const options = await payingOptions(context, payingNothing(context))
  return withBursar(context, { ...options, ledger: readingLedgerOf(context) }, use)
}

/** Opens a bursar, and notes when it reserves a payment. @throws {UsageError} when a setting is malformed. */
export async function openBursar(context: CommandContext, options: AccountOptions): Promise<Bursar> {
  const { createBursar } = await import('bursar')
  const bursar = checkUsage(() => createBursar(options))
  noteMoney(context.progress, bursar)
  return bursar
}

/** Notes what becomes of the money, for an error or an interruption that comes later. */
function noteMoney(progress: Progress, bursar: Bursar): void {
  bursar.on('reserved', () => {
    progress.hasReserved = true
  })
  bursar.on('*', ({ type }) => {
    progress.moneyAtStake = stakes[type] ?? progress.moneyAtStake
  })
}

/** What is at stake after an event. The others change nothing. */
const stakes: { readonly [Type in BursarEvent['type']]?: MoneyAtStake } = {
  reserved: 'in-flight',
  resumed: 'in-flight',
  settled: 'paid',
  dead: 'none',
  answered: 'none'
}

async function withBursar<Value>(
  context: CommandContext,
  options: AccountOptions,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  return useAndClose(await openBursar(context, options), use)
}

async function useAndClose<Value>(bursar: Bursar, use: (bursar: Bursar) => Promise<Value>): Promise<Value> {
  try {
    return await use(bursar)
  } finally {
    await bursar.close()
  }
}

/** Prints each payment when it has settled. */
export function reportPayments({ err }: CommandContext, bursar: Bursar): void {
  bursar.on('settled', ({ amount = '', symbol = '', network }) =>
    err(`Paid ${amount} ${symbol}${network ? ` on ${networkName(network)}` : ''}.\n`)
  )
}
