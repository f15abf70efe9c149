import { formatUsdc, type Ledger, type LedgerStatus } from '@bursar/core'
import { type Limits, readSpending, type Spending } from '@bursar/fetch'

/** What the health of a server is read from. */
export interface HealthSource {
  readonly ledger: Pick<Ledger, 'usage' | 'outstanding' | 'status'>
  /** Every agent, with all limits that hold for it. */
  agents(): readonly { readonly name: string; readonly limits: Limits }[]
  /** When the server began. Unix milliseconds. */
  readonly sinceMs: number
}

/** What one agent may still spend. */
interface AgentHealth {
  readonly name: string
  readonly limits: readonly Spending[]
}

/** How a server is. */
export interface ServerHealth {
  /** When the server began. Unix milliseconds. */
  readonly sinceMs: number
  readonly frozen: LedgerStatus['frozen']
  /** What could still settle, of all processes on the ledger. Money of test networks is in the count alone. */
  readonly outstanding: { readonly payments: number; readonly usd: string }
  readonly agents: readonly AgentHealth[]
}

/** @throws {BursarError} `ledger/unavailable` */
export async function readHealth({ ledger, agents, sinceMs }: HealthSource): Promise<ServerHealth> {
  const { frozen } = await ledger.status()
  const purchases = await ledger.outstanding()
  const sum = purchases.reduce((total, { offer }) => (offer.isTest ? total : total + offer.cost), 0n)
  const spending = agents().map(async ({ name, limits }) => ({
    name,
    limits: await readSpending(ledger, limits, { labels: { agent: name } })
  }))
  return {
    sinceMs,
    frozen,
    outstanding: { payments: purchases.length, usd: formatUsdc(sum) },
    agents: await Promise.all(spending)
  }
}

/** As the operator's programs read it: amounts are decimal dollars, times RFC 3339. */
export function healthRecord({ sinceMs, frozen, outstanding, agents }: ServerHealth): object {
  const { reason, by } = frozen ?? {}
  return {
    ok: true,
    since: new Date(sinceMs).toISOString(),
    frozen: frozen ? { reason, by, since: new Date(frozen.sinceMs).toISOString() } : null,
    outstanding,
    agents: agents.map(({ name, limits }) => ({ name, limits: limits.map(spendingRecord) }))
  }
}

function spendingRecord({ name, limit, used, left }: Spending) {
  return { name, limit: formatUsdc(limit), used: formatUsdc(used), left: formatUsdc(left) }
}
