import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type LocalPostgres, startPostgres } from '../packages/ledger/test/local-postgres.js'
import { challenge, receipt, startPaidServer } from './loopback/paid-server.js'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Buys one thing, and says what came. */
const buyer = `
  import { postgresLedger } from 'bursar/postgres'
  import { createBursar } from 'bursar'
  const [, place, url] = process.argv
  const say = (text) => process.stdout.write(text + '\\n')
  const ledger = postgresLedger(place)
  const bursar = createBursar({
    evm: '0x' + '11'.repeat(32),
    ledger,
    limits: { payment: '0.05', total: '1' }
  })
  const response = await bursar.fetch(url, { method: 'POST', body: 'buy' })
  const text = await response.text()
  say(text + ' ' + bursar.receiptOf(response).resumed)
  process.exit(0)`

function start(place: string, url: string, preload: readonly string[] = []) {
  const args = [...preload, '--input-type=module', '-e', buyer, place, url]
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  // Not its exit, at which some of what it has said may still be on the way.
  return { child, said: () => said.trim(), gone: once(child, 'close') }
}

/** Another machine's system: its host name is not this one's. */
const elsewhere = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
  import os from 'node:os'
  import { syncBuiltinESMExports } from 'node:module'
  os.hostname = () => 'machine-2'
  syncBuiltinESMExports()`)}`
]

it('M1: a machine that is killed before its answer has its payment carried on by another, which pays nothing', async () => {
  const place = await server.newSchema()
  let arrived = (): void => {}
  const firstPayment = new Promise<void>((resolve) => {
    arrived = resolve
  })
  let payments = 0
  const shop = await startPaidServer({
    '/x': (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      if (++payments === 1) return arrived()
      response.writeHead(200, receipt()).end('bought')
    }
  })
  const killed = start(place, `${shop.url}/x`, elsewhere)
  await firstPayment
  killed.child.kill('SIGKILL')
  await killed.gone
  const other = start(place, `${shop.url}/x`)
  await other.gone
  expect(other.said()).toBe('bought true')
  expect([payments, shop.payments()]).toEqual([2, 1])
})

it('M45: a program that ends with its answer in hand buys again when it is run again', async () => {
  const place = await server.newSchema()
  const shop = await startPaidServer({
    '/x': (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      response.writeHead(200, receipt()).end('bought')
    }
  })
  for (let run = 1; run <= 2; run++) {
    const program = start(place, `${shop.url}/x`)
    await program.gone
    expect([program.said(), shop.payments()]).toEqual(['bought false', run])
  }
})
