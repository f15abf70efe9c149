import type { Io } from '../io.js'
import { limitsPath, readLimits, writeLimits } from '../limits-file.js'
import { table } from '../table.js'

/** Shows the limits that commands keep to. */
export function showLimits(io: Io, { json }: { readonly json?: boolean }): void {
  const limits = readLimits(io.env)
  const rows = Object.entries(limits).map(([name, amount]) => [name, `${amount} USDC`])
  if (json) io.out(`${JSON.stringify(limits)}\n`)
  else io.out(rows.length === 0 ? 'There are none: each payment needs --max-amount.\n' : table(rows))
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
