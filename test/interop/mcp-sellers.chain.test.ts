import { readFileSync } from 'node:fs'
import type { Stack, StackWallets } from '@bursar/gateway'
import { type BursarOptions, createBursar } from 'bursar'
import { totals } from 'bursar/audit'
import { describe, expect, onTestFinished, test as plainTest } from 'vitest'
import { payOverHttp } from './mcp-sellers/connect.js'
import { type McpSeller, mcpSellers } from './mcp-sellers/mcp-sellers.js'
import { ATOMIC_PRICE, PRICE, sellerConfig, sellerTest as test } from './sellers/seller-test.js'
import { startChild } from './sellers/start-child.js'

/** What was paid once and what was sold for it. */
const once = [{ amountAtomic: ATOMIC_PRICE }]
const sold = { content: [{ type: 'text', text: 'sold' }] }

/** What a test of this file is given. */
interface Fixtures {
  readonly stack: Stack
  readonly wallets: StackWallets
  readonly facilitator: string
}

function bursarOf(options: Pick<BursarOptions, 'evm' | 'solana' | 'ledger'>, day = '1') {
  const limits = { payment: '0.05', perHost: { day } }
  const bursar = createBursar({ ...options, limits, resend: { times: 1, backoffMs: 1 } })
  onTestFinished(() => bursar.close())
  return bursar
}

/** Starts a seller, with a payee of its own, and a bursar that may pay so much a day at its host. */
async function open(program: string, { stack, wallets, facilitator }: Fixtures, day?: string) {
  const payee = await stack.newWallet('0')
  const config = sellerConfig(stack, { facilitator, payee, version: 2 })
  const seller = await startChild(`../mcp-sellers/${program}`, config)
  onTestFinished(seller.stop)
  const bursar = bursarOf(wallets.options, day)
  const losses = { left: 0 }
  return { payee, bursar, losses, client: await payOverHttp(bursar, `${seller.url}/mcp`, losses) }
}

const cases = mcpSellers.map((seller): [string, McpSeller] => [seller.software, seller])

describe.each(cases)('X155: a tool of %s', (_, { program, networks }) => {
  test('is paid once on each network, and the ledger has what its payee has', async ({
    stack,
    wallets,
    facilitator
  }) => {
    const { payee, bursar, client } = await open(program, { stack, wallets, facilitator })
    for (const network of networks) {
      const result = await client.callTool({ name: network, arguments: {} })
      expect(result).toMatchObject(sold)
      expect(bursar.receiptOf(result)).toMatchObject({ moneyState: 'settled', amount: PRICE })
      expect(await wallets[network]?.payments()).toMatchObject(once)
    }
    const paid = await totals(bursar.history(), 'network')
    const received = await Promise.all(networks.map((network) => payee[network]?.balance()))
    expect(paid.map(({ spent }) => spent)).toEqual(received)
  })

  test('X156: is paid once though every answer is lost, and an equal call pays no more', async ({
    stack,
    wallets,
    facilitator
  }) => {
    const { payee, client, losses } = await open(program, { stack, wallets, facilitator })
    losses.left = 9
    const call = { name: 'base', arguments: {} }
    await expect(client.callTool(call)).rejects.toMatchObject({ moneyState: 'settled' })
    losses.left = 0
    await expect(client.callTool(call)).rejects.toMatchObject({ moneyState: 'settled' })
    expect(await wallets.base?.payments()).toMatchObject(once)
    expect(await payee.base?.balance()).toBe(ATOMIC_PRICE)
  })

  test('X153, X156: and another of that server share one limit', async ({ stack, wallets, facilitator }) => {
    const { payee, client } = await open(program, { stack, wallets, facilitator }, '0.02')
    const calls = ['base', 'forecast'].map((name) => client.callTool({ name, arguments: {} }))
    const ends = await Promise.allSettled(calls)
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await payee.base?.balance()).toBe(ATOMIC_PRICE)
  })
})

plainTest('docs/guides/mcp.md lists the servers that are paid here', () => {
  const guide = readFileSync(new URL('../../docs/guides/mcp.md', import.meta.url), 'utf8')
  const rows = guide.split('\n').filter((line) => line.startsWith('| `'))
  const names = { base: 'Base', solana: 'Solana' }
  expect(rows).toEqual(
    mcpSellers.map(
      ({ software, networks }) => `| \`${software}\` | ${networks.map((each) => names[each]).join(', ')} |`
    )
  )
})
