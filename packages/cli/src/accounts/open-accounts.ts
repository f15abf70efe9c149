import type { BursarEvent, Limits } from '@bursar/fetch'
import type { Bursar } from 'bursar'
import type { CommandContext, MoneyAtStake, Progress } from '../context.js'
import { type CommandLimits, limitsFor } from '../limits/limits-for.js'
import { networkName } from '../text/network-name.js'
import { checkUsage } from '../usage-error.js'
import { type AccountOptions, payingOptions, pricingOptions, watchingOptions } from './account-options.js'

/** A bursar that pays nothing still needs a limit. */
const nothing: Limits = { payment: '0' }

/** Uses a bursar that can pay, within the limits of the file and of the command, and closes it. */
export async function withPayingBursar<Value>(
  context: CommandContext,
  limits: CommandLimits,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  const options = await payingOptions(context, limitsFor(context.env, limits))
  return withBursar(context, { ...options, checkBalance: 'always' }, use)
}

/** Uses a bursar that looks and pays nothing, and closes it. */
export async function withWatchingBursar<Value>(
  context: CommandContext,
  use: (bursar: Bursar) => Promise<Value>,
  limits = nothing
): Promise<Value> {
  return withBursar(context, await watchingOptions(context, limits), use)
}

/** Uses a bursar that knows prices and pays nothing, with an account or without one, and closes it. */
export async function withPricingBursar<Value>(
  context: CommandContext,
  limits: Limits,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  return withBursar(context, await pricingOptions(context, limits), use)
}

/** Uses a bursar whose keys sign, and that pays nothing, and closes it. */
export async function withSigningBursar<Value>(
  context: CommandContext,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  return withBursar(context, await payingOptions(context, nothing), use)
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
  const bursar = await openBursar(context, options)
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
