import { readFileSync } from 'node:fs'
import { createBursar } from 'bursar'
import { totals } from 'bursar/audit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ATOMIC_PRICE, PRICE, sellerConfig, sellerTest } from './sellers/seller-test.js'
import { type Seller, sellers } from './sellers/sellers.js'
import { startChild } from './sellers/start-child.js'

const networkIds = { base: 'eip155:8453', solana: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp' } as const

const cases = sellers.map((seller): [string, Seller] => [`${seller.software}, v${seller.version}`, seller])

describe('X74, X75: software of other sellers is paid once, and the ledger has what its payee has:', () => {
  sellerTest.for(cases)(
    '%s',
    async ([, { program, version, networks, control }], { stack, wallets, facilitator, payByControl }) => {
      const payee = await stack.newWallet('0')
      const seller = await startChild(program, sellerConfig(stack, { facilitator, payee, version }))
      onTestFinished(seller.stop)
      if (control !== undefined)
        for (const network of networks) {
          const paid = await payByControl(control, `${seller.url}/${network}`)
          expect(paid).toEqual([200, expect.stringContaining('sold')])
        }
      const byControl = control === undefined ? 0n : ATOMIC_PRICE
      const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
      for (const network of networks) {
        const response = await bursar.fetch(`${seller.url}/${network}`)
        expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('sold')])
        expect(bursar.receiptOf(response)).toMatchObject({ network: networkIds[network], amount: PRICE })
        expect(await wallets[network]?.payments()).toMatchObject([{ amountAtomic: ATOMIC_PRICE }])
      }
      // One of them sends no receipt.
      await bursar.recover()
      const paid = await totals(bursar.history(), 'network')
      const received = await Promise.all(networks.map((network) => payee[network]?.balance()))
      expect(paid.map(({ keys }) => keys)).toEqual(networks.map((network) => [networkIds[network]]))
      expect(paid.map(({ spent }) => spent + byControl)).toEqual(received)
    }
  )
})

sellerTest(
  'X65: a paywall of npm’s x402-express goes back to a browser’s call as it came',
  async ({ stack, wallets, facilitator }) => {
    const payee = await stack.newWallet('0')
    const seller = await startChild('x402-express', sellerConfig(stack, { facilitator, payee, version: 1 }))
    onTestFinished(seller.stop)
    const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
    const reasons: (string | undefined)[] = []
    bursar.on('unpaid', ({ reason }) => reasons.push(reason))
    const headers = { accept: 'text/html', 'user-agent': 'Mozilla/5.0' }
    const response = await bursar.fetch(`${seller.url}/base`, { headers })
    expect([response.status, response.headers.get('content-type')]).toEqual([402, 'text/html; charset=utf-8'])
    expect((await response.text()).length).toBeGreaterThan(1_000_000)
    expect(reasons).toEqual([expect.stringContaining('no x402 challenge')])
    expect(await wallets.base?.payments()).toEqual([])
  }
)

test('docs/guides/sellers.md lists the sellers that are paid here', () => {
  const guide = readFileSync(new URL('../../docs/guides/sellers.md', import.meta.url), 'utf8')
  const rows = guide.split('\n').filter((line) => line.startsWith('| `'))
  expect(rows).toEqual(
    sellers.map(
      ({ software, version, networks }) =>
        `| \`${software}\` | ${version} | ${networks.map((network) => (network === 'base' ? 'Base' : 'Solana')).join(', ')} |`
    )
  )
})
