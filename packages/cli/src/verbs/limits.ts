import { existsSync } from 'node:fs'
import { formatUsdc, parseUsdc } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import { defaultPath, sqliteLedger } from '@bursar/ledger/sqlite'
import type { Io } from '../io.js'
import { limitsPath, readLimits, type StoredLimits, writeLimits } from '../limits-file.js'
import { table } from '../table.js'

/** Shows the limits that commands keep to, and what is left of them. */
export async function showLimits(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  const limits = readLimits(io.env)
  if (json) return io.out(`${JSON.stringify(limits)}\n`)
  const left = await leftOf(io, limits)
  const rows = Object.entries(limits).map(([name, amount]) => {
    const rest = left.get(name)
    return [name, `${formatUsdc(parseUsdc(amount))} USDC`, rest === undefined ? '' : `${rest} left`]
  })
  io.out(rows.length === 0 ? 'There are none: each payment needs --max-amount.\n' : table(rows))
}

/** Decimal USDC that is left of each limit on a sum; nothing where there is no record yet. */
export async function leftOf({ env }: Io, limits: StoredLimits): Promise<ReadonlyMap<string, string>> {
  const path = defaultPath(env)
  if (!existsSync(path)) return new Map()
  const ledger = sqliteLedger({ path })
  try {
    const rows = await readSpending(ledger, { payment: '0', ...limits })
    return new Map(rows.map(({ name, left }) => [name, formatUsdc(left)]))
  } finally {
    await ledger.close()
  }
}

/** Sets some of them; `name=` takes one away. @throws {TypeError} @throws {BursarError} `amount/malformed` */
export function setLimits(io: Io, changes: readonly string[]): void {
  const limits = { ...readLimits(io.env) }
  for (const change of changes) {
    const [, name = '', amount = ''] = /^(\w+)=(.*)$/.exec(change) ?? []
    if (name === '')
      throw new TypeError(`Write name=amount, such as day=5.00, and not "${change.slice(0, 40)}"`)
    if (amount === '') delete limits[name]
    else limits[name] = amount
  }
  writeLimits(io.env, limits)
  io.tell(`Written to ${limitsPath(io.env)}.\n`)
}
