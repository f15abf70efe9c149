import { systemClock } from '@bursar/core'
import { type Gateway, type RelaysOptions, startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { createBursar } from 'bursar'
import { onTestFinished } from 'vitest'

/** A gateway's relays, and a bursar that pays nothing and enters what they bill in a ledger. */
export async function relaysUnderLimits(
  key: string,
  limits: { readonly payment: string; readonly day: string },
  usd?: string,
  relays: RelaysOptions = {}
) {
  let passedMs = 0
  const pass = (ms: number): void => {
    passedMs += ms
  }
  const clock = {
    ...systemClock,
    nowMs: () => Date.now() + passedMs,
    // Anyone who waits for a task is not kept waiting.
    sleep: async (ms: number) => pass(ms)
  }
  const gateway: Gateway = await startGateway({
    clock: { ...clock, sleep: systemClock.sleep },
    relays: { accounts: [{ key, ...(usd === undefined ? {} : { usd }) }], taskMs: 60_000, ...relays }
  })
  const ledger = memoryLedger({ clock })
  onTestFinished(() => gateway.stop())
  return {
    gateway,
    clock,
    ledger,
    bursar: createBursar({ payers: [], ledger, limits, clock }),
    pass,
    /** What the ledger has of each call, oldest first. Millionths of a dollar. */
    async entries(): Promise<readonly (readonly [model: string | undefined, state: string, cost: bigint])[]> {
      const entries: [string | undefined, string, bigint][] = []
      for await (const { labels, state, offer } of ledger.history())
        entries.unshift([labels.model, state, offer.cost])
      return entries
    },
    /** Asks a relay without its client. */
    async ask(path: string, body?: unknown, bearer: string | null = key) {
      const headers: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` }
      const init = { method: 'POST', body: JSON.stringify(body) }
      const response = await fetch(`${gateway.url}/relays/${path}`, {
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : init)
      })
      return { status: response.status, body: (await response.json()) as never }
    },
    /** What the account was billed. Millionths of a dollar. */
    async billed(relay: string): Promise<number> {
      const url = `${gateway.url}/relays/${relay}/v1/dashboard/billing/usage`
      const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
      return Math.round(((await answer.json()) as { total_usage: number }).total_usage * 10_000)
    }
  }
}

/** An SDK that is only its fetch. */
export class FetchOf {
  readonly fetch: typeof fetch
  constructor(options: { readonly fetch: typeof fetch }) {
    this.fetch = options.fetch
  }
}
