import type { Balances } from '@bursar/audit'
import { type AtomicUsdc, type BursarError, parseUsdc, systemClock } from '@bursar/core'
import { withReadingBursar } from '../accounts/open-accounts.js'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import { isUnreachable } from '../is-unreachable.js'
import { isTestnet } from '../options/network-options.js'
import { commandPolicy } from '../policy/command-policy.js'
import {
  accountJson,
  accountRow,
  balanceColumns,
  prepaidJson,
  prepaidRow,
  walletJson,
  walletRow
} from '../text/balance-rows.js'
import { networkName } from '../text/network-name.js'
import { table } from '../text/table.js'

/** Shows USDC and gas of every account, every prepaid balance, and what is left on the account of each key. */
export async function balance(context: CommandContext, { json }: { readonly json?: boolean }): Promise<void> {
  const { wallets, prepaid, accounts, isToppedUp } = await readAll(context)
  const proven = prepaid.filter(({ address }) => address !== undefined)
  if (json) {
    const found = {
      wallets: wallets.map(walletJson),
      prepaid: proven.map(prepaidJson),
      accounts: accounts.map(accountJson)
    }
    context.out(`${JSON.stringify(found)}\n`)
  } else {
    const rows = [...wallets.map(walletRow), ...proven.map(prepaidRow), ...accounts.map(accountRow)]
    context.out(table(context, balanceColumns, rows))
    for (const reason of failureTexts([...wallets, ...proven, ...accounts])) context.warn(`${reason}\n`)
    for (const text of lowTexts(context, { wallets, prepaid: proven })) context.warn(`${text}\n`)
  }
  if (proven.length < prepaid.length)
    context.err(
      'Prepaid balances are left out: they need the passphrase (bursar unlock, --passphrase-file or --keychain).\n'
    )
  const expected = [...wallets, ...proven.filter(isToppedUp)]
  const failures = [...expected, ...accounts].flatMap(({ error }) => error ?? [])
  context.progress.exitCode = exitCodeOfReads(failures)
}

function readAll(context: CommandContext) {
  return withReadingBursar(context, async (bursar) => {
    const { findPrepaid } = await import('../accounts/prepaid-balances.js')
    const { readServiceAccounts } = await import('../accounts/service-accounts.js')
    const { baseUrl } = serviceEndpoint(context.env, 'katana', undefined)
    const found = await findPrepaid(bursar, { nowMs: systemClock.nowMs(), katanaUrl: baseUrl })
    const [balances, accounts] = await Promise.all([
      bursar.balances({ prepaid: found.accounts }),
      isTestnet(context.env) ? [] : readServiceAccounts(bursar, context.env)
    ])
    return { ...balances, accounts, isToppedUp: found.isToppedUp }
  })
}

/** What cannot be reached may be asked again; anything else needs somebody to look at it. */
function exitCodeOfReads(failures: readonly BursarError[]): number {
  if (failures.length === 0) return exitCodes.done
  return failures.every(isUnreachable) ? exitCodes.unreachable : exitCodes.failed
}

/** What is below the amounts of the policy. A wallet that holds nothing on a network may never have been used there. */
function lowTexts(context: CommandContext, { wallets, prepaid }: Balances): readonly string[] {
  const { lowBalance = {} } = commandPolicy(context).policy
  const isLow = (usdc: AtomicUsdc | undefined, limit = '0'): boolean =>
    usdc !== undefined && usdc > 0n && usdc < parseUsdc(limit)
  const own = wallets
    .filter(({ usdc }) => isLow(usdc, lowBalance.wallet))
    .map(({ network }) => `The wallet on ${networkName(network)} holds less than lowBalance.wallet names.`)
  const others = prepaid
    .filter(({ usdc }) => isLow(usdc, lowBalance.prepaid))
    .map(
      ({ service, network }) =>
        `The prepaid balance at ${service} on ${networkName(network)} is below lowBalance.prepaid.`
    )
  return [...own, ...others]
}

/** Why something could not be read, each reason once. */
function failureTexts(all: readonly { readonly error?: BursarError | undefined }[]): ReadonlySet<string> {
  return new Set(all.flatMap(({ error }) => error?.message ?? []))
}
