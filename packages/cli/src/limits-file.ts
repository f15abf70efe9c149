import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isJsonObject, parseUsdc } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import { defaultPath } from '@bursar/ledger/sqlite'

/** The limits that commands keep to: sums of USDC in the windows of `limits`. */
export type StoredLimits = Readonly<Record<string, string>>

const names = ['payment', 'minute', 'hour', 'day', 'week', 'month', 'total'] as const

/** Beside the ledger. */
export function limitsPath(env: NodeJS.ProcessEnv): string {
  return join(dirname(defaultPath(env)), 'limits.json')
}

/** @throws {TypeError} when the file is damaged. */
export function readLimits(env: NodeJS.ProcessEnv): StoredLimits {
  const path = limitsPath(env)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    // Only a file that is not there says nothing: one that cannot be read may hold a limit.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
  const stored = parse(text)
  if (!isJsonObject(stored)) throw new TypeError(`${path} is damaged`)
  return checkLimits(
    Object.fromEntries(Object.entries(stored).map(([name, amount]) => [name, String(amount)]))
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes limits beside their place, and then gives them their name. @throws as {@link checkLimits} */
export function writeLimits(env: NodeJS.ProcessEnv, limits: StoredLimits): void {
  const path = limitsPath(env)
  checkLimits(limits)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, `${JSON.stringify(limits, undefined, 2)}\n`, { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
}

/** @throws {TypeError} when there is no such limit. @throws {BursarError} `amount/malformed` */
function checkLimits(limits: StoredLimits): StoredLimits {
  for (const [name, amount] of Object.entries(limits)) {
    if (!names.some((each) => each === name))
      throw new TypeError(`There is no limit "${name}"; there are ${names.join(', ')}`)
    parseUsdc(amount)
  }
  return limits
}

/** The limits of one command: what is stored, and the most that this payment may cost. */
export function limitsFor(env: NodeJS.ProcessEnv, maxAmount: string | undefined): Limits {
  const { payment, ...stored } = readLimits(env)
  const most = [payment, maxAmount]
    .filter((amount) => amount !== undefined)
    .toSorted((a, b) => (parseUsdc(a) < parseUsdc(b) ? -1 : 1))[0]
  if (most === undefined)
    throw new TypeError('Say what it may cost: --max-amount 0.25, or bursar limits set payment=0.25')
  return { ...stored, payment: most }
}
