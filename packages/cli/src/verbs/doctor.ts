import { formatUsdc } from '@bursar/core'
import { nothing, openAccounts } from '../accounts.js'
import type { Io } from '../io.js'
import { readLimits } from '../limits-file.js'
import { networkName } from '../network-name.js'
import { table } from '../table.js'
import { leftOf } from './limits.js'
import { quote } from './quote.js'

/** One thing that was looked at. */
interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly told: string
}

/** Looks at keys, chains, limits and the record; with a URL, at what it asks and which check would refuse it. Pays nothing. */
export async function doctor(
  io: Io,
  url: string | undefined,
  { json }: { readonly json?: boolean }
): Promise<number> {
  const findings = [
    ...(await accountsAndChains(io)),
    await limits(io),
    await record(io),
    ...(url === undefined ? [] : [await clocks(url)])
  ]
  if (json) io.out(`${JSON.stringify(findings)}\n`)
  else io.out(table(findings.map(({ what, ok, told }) => [ok ? 'ok' : 'NOT OK', what, told])))
  if (url !== undefined && findings.every(({ ok }) => ok)) await quote(io, url, { explain: true })
  return findings.every(({ ok }) => ok) ? 0 : 1
}

async function accountsAndChains(io: Io): Promise<Finding[]> {
  try {
    const bursar = await openAccounts(io, nothing)
    try {
      const { wallets } = await bursar.balances()
      const isEmpty = wallets.every(({ usdc }) => usdc === 0n)
      return wallets.map(({ network, address, usdc, error }) => ({
        what: networkName(network),
        ok: error === undefined && !isEmpty,
        told:
          usdc === undefined
            ? (error?.message ?? '')
            : `${address} has ${formatUsdc(usdc)} USDC${isEmpty ? ': send some' : ''}`
      }))
    } finally {
      await bursar.close()
    }
  } catch (error) {
    return [{ what: 'accounts', ok: false, told: error instanceof Error ? error.message : String(error) }]
  }
}

/** A payment is valid from a moment on and until another: by the time of the server and of its chain. */
const MOST_SKEW_MS = 30_000

async function clocks(url: string): Promise<Finding> {
  try {
    const { headers, body } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    await body?.cancel()
    const skewMs = Date.now() - Date.parse(headers.get('date') ?? '')
    if (Number.isNaN(skewMs)) return { what: 'clock', ok: true, told: 'the server tells no time' }
    const seconds = Math.round(Math.abs(skewMs) / 1000)
    const told =
      seconds <= 1
        ? "agrees with the server's"
        : `${seconds} s ${skewMs < 0 ? 'behind' : 'ahead of'} the server's`
    return { what: 'clock', ok: Math.abs(skewMs) <= MOST_SKEW_MS, told }
  } catch {
    return { what: 'clock', ok: false, told: `${new URL(url).host} does not answer` }
  }
}

async function limits(io: Io): Promise<Finding> {
  const stored = readLimits(io.env)
  const left = await leftOf(io, stored)
  const told = Object.entries(stored).map(([name, amount]) => {
    const rest = left.get(name)
    return `${name} ${amount}${rest === undefined ? '' : ` (${rest} left)`}`
  })
  return {
    what: 'limits',
    ok: [...left.values()].every((rest) => rest !== '0'),
    told: told.length === 0 ? 'none: each payment needs --max-amount' : told.join(', ')
  }
}

async function record({ env }: Io): Promise<Finding> {
  const { defaultPath, sqliteLedger } = await import('@bursar/ledger/sqlite')
  const path = defaultPath(env)
  try {
    const ledger = sqliteLedger({ path })
    const open = await ledger.outstanding()
    const { frozen } = await ledger.status()
    await ledger.close()
    if (frozen) {
      const told = `${path} is frozen by ${frozen.by}: ${frozen.reason}. Nothing is paid until bursar thaw`
      return { what: 'record', ok: false, told }
    }
    const told = open.length === 0 ? '' : `; ${open.length} unresolved: bursar recover`
    return { what: 'record', ok: true, told: `${path}${told}` }
  } catch (error) {
    return { what: 'record', ok: false, told: error instanceof Error ? error.message : String(error) }
  }
}
