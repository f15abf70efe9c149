import { BASE, SOLANA_MAINNET } from '@bursar/core'
import type { FacilitatorFaultName } from '@bursar/gateway'
import { createBursar } from 'bursar'
import { describe, expect, onTestFinished } from 'vitest'
import { ATOMIC_PRICE, sellerConfig, sellerTest } from './sellers/seller-test.js'
import { type Seller, sellers } from './sellers/sellers.js'
import { type Child, startChild } from './sellers/start-child.js'

/** Servers on official packages: the newest, and the one for x402 v1. They know of the stack by its FACILITATOR_URL alone. */
const programs = ['x402-express-v2', 'x402-hono-v2', 'x402-express', 'x402-hono']
const own = sellers.filter(({ program }) => programs.includes(program))
const networkIds = { base: BASE, solana: SOLANA_MAINNET } as const

/** Starts a paid server of one's own. It stops after the test. */
async function startOwn(
  {
    stack,
    payee
  }: { stack: Parameters<typeof sellerConfig>[0]; payee: Awaited<ReturnType<typeof stack.newWallet>> },
  { program, version }: Pick<Seller, 'program' | 'version'>
): Promise<Child> {
  const facilitator = stack.env.FACILITATOR_URL
  const server = await startChild(program, sellerConfig(stack, { facilitator, payee, version }))
  onTestFinished(server.stop)
  return server
}

describe('P79: a server of one’s own settles on the stack, paid by its own client and by Bursar, on both chains:', () => {
  sellerTest.for(own.map((seller): [string, Seller] => [seller.software, seller]))(
    '%s',
    async ([, seller], { stack, wallets, payByControl }) => {
      const payee = await stack.newWallet('0')
      const server = await startOwn({ stack, payee }, seller)
      const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
      for (const network of ['base', 'solana'] as const) {
        const url = `${server.url}/${network}`
        expect(await payByControl(seller.control ?? '', url)).toEqual([200, expect.stringContaining('sold')])
        const response = await bursar.fetch(url)
        expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('sold')])
        expect(bursar.receiptOf(response)).toMatchObject({
          network: networkIds[network],
          moneyState: 'settled'
        })
        await expect(wallets[network]).toHavePaidOnce()
        expect(await payee[network]?.balance()).toBe(2n * ATOMIC_PRICE)
      }
    }
  )
})

describe('P80: a fault of the facilitator reaches a server of one’s own, and nothing is paid twice:', () => {
  sellerTest.for<[FacilitatorFaultName, string]>([
    ['says-no', '0'],
    ['verifies-and-then-fails', '0'],
    ['settles-and-loses-the-answer', '0.0123'],
    ['settles-and-does-not-wait', '0.0123']
  ])('%s, and %s USDC are spent', async ([fault, spent], { stack, wallets }) => {
    const payee = await stack.newWallet('0')
    const server = await startOwn({ stack, payee }, { program: 'x402-hono-v2', version: 2 })
    const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
    stack.gateway.facilitator.faults.next(fault)
    await expect(bursar.fetch(`${server.url}/base`)).rejects.toMatchObject({ moneyState: expect.any(String) })
    await expect.poll(() => stack.spentBy(wallets)).toBe(spent)
  })

  sellerTest('is-slow, and it is paid once all the same', async ({ stack, wallets }) => {
    const payee = await stack.newWallet('0')
    const server = await startOwn({ stack, payee }, { program: 'x402-hono-v2', version: 2 })
    const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
    stack.gateway.facilitator.faults.next('is-slow', { times: 2, delayMs: 300 })
    expect((await bursar.fetch(`${server.url}/base`)).status).toBe(200)
    await expect(wallets).toHavePaidOnce()
  })
})
