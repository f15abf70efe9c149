import { createBursar } from 'bursar'
import { describe, expect, onTestFinished } from 'vitest'
import { recordingFetch } from './recording-fetch.js'
import { ATOMIC_PRICE, sellerConfig, sellerTest } from './sellers/seller-test.js'
import { type Seller, sellers } from './sellers/sellers.js'
import { startChild } from './sellers/start-child.js'

const programs = ['x402-express-v2', 'x402-hono-v2', 'x402-express', 'x402-hono']
const official = sellers.filter(({ program }) => programs.includes(program))

describe('a remembered price, paid with the first request to an official server on both chains:', () => {
  sellerTest.for(official.map((seller): [string, Seller] => [seller.software, seller]))(
    '%s',
    async ([, { program, version }], { stack, wallets }) => {
      const payee = await stack.newWallet('0')
      const facilitator = stack.env.FACILITATOR_URL
      const server = await startChild(program, sellerConfig(stack, { facilitator, payee, version }))
      onTestFinished(server.stop)
      for (const network of ['base', 'solana'] as const) {
        const { paid, fetching } = recordingFetch()
        const limits = { payment: '0.05' }
        const bursar = createBursar({ ...wallets.options, limits, fetch: fetching, offers: 'remember' })
        for (const _ of [1, 2, 3]) {
          const response = await bursar.fetch(`${server.url}/${network}`)
          expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('sold')])
        }
        expect(paid).toEqual([false, true, true, true])
        expect(await payee[network]?.balance()).toBe(3n * ATOMIC_PRICE)
      }
    }
  )
})
