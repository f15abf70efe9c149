import { formatUsdc, parseUsdc } from '@bursar/core'
import type { HistoryRow, PayingProxy } from './paying-proxy.js'
import type { SessionGroup } from './session-group.js'

/** What was lost and got by those who were paid, since a wallet was new. */
export interface ChainSums {
  /** What the wallet lost on the chain. */
  readonly lostAtomic: bigint
  /** What the payee got there. */
  readonly gotAtomic: bigint
}

/**
 * Compares the ledger with the chain and with the prepaid balance.
 *
 * @returns what does not agree, in words.
 */
export async function compareSums(
  proxy: PayingProxy,
  { lostAtomic, gotAtomic }: ChainSums,
  { fails = false }: Pick<SessionGroup, 'fails'>
): Promise<readonly string[]> {
  const rows = (await proxy.history()).filter(({ state }) => state !== 'released')
  const paid = sumOf(rows.filter(({ kind }) => kind === 'payment').map(({ amount }) => amount))
  const charged = sumOf(rows.filter(({ kind }) => kind === 'balance').map(({ amount }) => amount))
  const toppedUp = sumOf(rows.map(({ labels }) => labels['top-up-usdc'] ?? '0'))
  const lostBalance = toppedUp - parseUsdc(await proxy.prepaid())
  const unsettled = rows.filter(({ state }) => state !== 'settled' && !(fails && state === 'undelivered'))
  return [
    ...differenceOf('the wallet lost on the chain', lostAtomic, paid),
    ...differenceOf('the payee got on the chain', gotAtomic, paid),
    // What a failed answer cost is not known: the most that it can have cost is recorded.
    ...(fails && lostBalance <= charged
      ? []
      : differenceOf('the prepaid balance lost', lostBalance, charged)),
    ...unsettled.map((row) => `a purchase is ${row.state}: ${describe(row)}`)
  ]
}

function differenceOf(what: string, there: bigint, recorded: bigint): readonly string[] {
  return there === recorded
    ? []
    : [`${what} ${formatUsdc(there)}, and the ledger has ${formatUsdc(recorded)}`]
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + parseUsdc(amount), 0n)
}

function describe({ kind, path, amount }: HistoryRow): string {
  return `${kind} ${path} ${amount}`
}
