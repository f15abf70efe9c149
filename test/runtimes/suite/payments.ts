import type { NetworkId } from '@bursar/core'
import { type Check, failsUnpaid, open, type Run, same, settled } from './check.js'

const BASE = 'eip155:8453'
const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'

/** Buys a report for a cent. */
async function buy({ world, bursar }: Run, network: NetworkId, fault?: string): Promise<string | undefined> {
  const headers = fault === undefined ? {} : { 'x-gateway-fault': fault }
  const response = await bursar.fetch(`${world.gatewayUrl}/standard/v2/report`, {
    headers,
    // As a server hands on that its own caller has gone: not every runtime can join it with a time limit.
    signal: new AbortController().signal,
    bursar: { prefer: [network] }
  })
  same('the status', response.status, 200)
  const { report } = await response.json()
  same('the report', report, 'paid')
  return bursar.receiptOf(response)?.moneyState
}

/** What is paid, and what is not. */
export const payments: readonly Check[] = [
  {
    feature: 'payments on Base',
    statements: 'P32',
    async run(run) {
      same('the money', await buy(run, BASE), 'settled')
      await settled(run, 'Base')
    }
  },
  {
    feature: 'payments on Solana',
    statements: 'P34',
    async run(run) {
      same('the money', await buy(run, SOLANA), 'settled')
      await settled(run, 'Solana')
    }
  },
  {
    feature: 'a lost answer is asked for again, and nothing is paid twice',
    statements: 'P32',
    async run(run) {
      same('the money on Base', await buy(run, BASE, 'answer-lost-after-settling'), 'settled')
      same('the money on Solana', await buy(run, SOLANA, 'answer-lost-after-settling'), 'settled')
      await settled(run, 'Base Solana')
    }
  },
  {
    feature: 'limits, kept before anything is signed',
    statements: 'P35',
    async run(run) {
      const bursar = open(run, { limits: { payment: '0.001' } })
      for (const network of [BASE, SOLANA] as const) {
        await failsUnpaid(buy({ ...run, bursar }, network), 'offer/over-limit')
      }
      await bursar.close()
      await settled(run, '')
    }
  }
]
