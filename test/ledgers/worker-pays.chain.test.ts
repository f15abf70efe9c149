import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Stack, startStack } from '@bursar/gateway'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startScript } from './worker.js'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ solana: false })
})
afterAll(() => stack.stop())

/** A Worker as a user writes it: it buys a report, and says what came of it, what is used of its day, and what is out. */
const buyer = `
  import { bursarErrorOf, createBursar } from 'bursar'
  import { durableObjectLedger } from 'bursar/durable-object'
  export { LedgerObject } from 'bursar/durable-object'
  export default {
    async fetch(request, env) {
      const { evm, url, rpcUrl } = await request.json()
      const ledger = durableObjectLedger({ namespace: env.LEDGER })
      const bursar = createBursar({ evm, limits: { payment: '0.01', day: '0.02' }, rpcUrls: { 'eip155:8453': rpcUrl }, ledger })
      try {
        const response = await bursar.fetch(url)
        const { report } = await response.json()
        return Response.json({ report, money: bursar.receiptOf(response)?.moneyState })
      } catch (error) {
        const failure = bursarErrorOf(error)
        return Response.json({ error: failure?.code ?? String(error), money: failure?.moneyState })
      } finally {
        await bursar.close()
      }
    }
  }`

/** A folder for the objects of a Worker, and the Worker on it; each start is a new workerd. */
async function newBuyer() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-objects-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const wallets = await stack.newWallet('5')
  const start = async () => {
    const worker = await startScript(buyer, folder)
    return {
      stop: worker.stop,
      buy: (path = 'report') =>
        worker.ask({
          evm: wallets.base?.privateKey,
          url: `${stack.gateway.url}/standard/v2/${path}`,
          rpcUrl: stack.base?.rpcUrl
        })
    }
  }
  return { start, paid: async () => (await wallets.base?.payments())?.length }
}

it('P35: a Worker pays, and a lost answer is asked for again and paid once', async () => {
  const { start, paid } = await newBuyer()
  const { buy } = await start()
  expect(await buy()).toEqual({ report: 'paid', money: 'settled' })
  stack.gateway.faults.next('answer-lost-after-settling')
  expect(await buy('report?lost')).toEqual({ report: 'paid', money: 'settled' })
  expect(await paid()).toBe(2)
})

it('P35: a budget that is full refuses before anything is signed, also in the workerd that is started next', async () => {
  const { start, paid } = await newBuyer()
  const first = await start()
  for (const each of ['1', '2'])
    expect(await first.buy(`report?${each}`)).toEqual({ report: 'paid', money: 'settled' })
  const refused = { error: 'offer/over-limit', money: 'none' }
  expect(await first.buy('report?3')).toEqual(refused)
  await first.stop()
  const second = await start()
  expect(await second.buy('report?4')).toEqual(refused)
  expect(await paid()).toBe(2)
})

it('P35: a payment that was out when everything was evicted is carried on with the same bytes, and paid once', async () => {
  const { start, paid } = await newBuyer()
  const first = await start()
  // It settles, and its answer does not come before Worker and object are gone.
  stack.gateway.faults.next('slow', { leg: 'paid', when: 'settled', delayMs: 120_000 })
  const lost = first.buy('report?evicted').catch(() => 'gone')
  await expect.poll(paid).toBe(1)
  await first.stop()
  expect(await lost).toBe('gone')
  const second = await start()
  expect(await second.buy('report?evicted')).toEqual({ report: 'paid', money: 'settled' })
  expect(await paid()).toBe(1)
})
