import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atomicUsdc, systemClock } from '@bursar/core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type LocalPostgres, startPostgres } from '../../test/local-postgres.js'
import { reservation } from '../../test/purchases.js'
import { postgresLedger } from '../postgres.js'

const home = fileURLToPath(new URL('../..', import.meta.url))
let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Another machine: fills the budget of 1000 as fast as it can, and says what it was told is written. */
const program = `
  import { postgresLedger } from '@bursar/ledger/postgres'
  const [, url, name] = process.argv
  const ledger = postgresLedger(url)
  const offer = { dialect: 'x402-v2', network: 'eip155:8453', asset: '0xa', payTo: '0xb', amountAtomic: 7n, cost: 7n }
  const budgets = [{ name: 'total', limit: 1000n }]
  const payment = { network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 7n, reference: '0xd',
    expiresAtSeconds: 4000000000, expiry: 4000000000n, payload: {} }
  const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } }
  try {
    for (let at = 0; ; at++) {
      const id = name + '-' + at
      await ledger.reserve({ id, fingerprint: id, method: 'GET', origin: 'https://a.example', path: '/', offer, budgets,
        labels: {} })
      await ledger.recordEvent(id, signed)
      process.stdout.write(id + '\\n')
    }
  } catch (error) {
    if (error.code !== 'offer/over-limit') throw error
  }
  await ledger.close()`

function start(url: string, name: string) {
  const args = ['--input-type=module', '-e', program, url, name]
  const child = spawn(process.execPath, args, { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return { child, gone: once(child, 'exit'), said: () => said.split('\n').filter((line) => line !== '') }
}

it('two machines, one of them killed, together fill a budget exactly and lose nothing', async () => {
  const url = await server.newDatabase()
  const [killed, other] = [start(url, 'killed'), start(url, 'other')]
  await expect.poll(() => killed.said().length, { timeout: 15_000, interval: 5 }).toBeGreaterThan(10)
  killed.child.kill('SIGKILL')
  await killed.gone
  expect(await other.gone).toEqual([0, null])
  // What the killed one had only reserved comes free once it has been silent for long enough.
  const clock = { ...systemClock, nowMs: () => Date.now() + 60_000 }
  const ledger = postgresLedger({ url, clock })
  onTestFinished(() => ledger.close())
  for (let at = 0; ; at++) {
    const budgets = [{ name: 'total', limit: atomicUsdc(1_000n) }]
    const fits = await ledger.reserve(reservation(`last-${at}`, budgets)).then(
      () => true,
      () => false
    )
    if (!fits) break
  }
  const told = [...killed.said(), ...other.said()]
  const kept = new Set((await ledger.outstanding()).map(({ id }) => id))
  expect(told.filter((id) => !kept.has(id))).toEqual([])
  const states: string[] = []
  for await (const { state } of ledger.history()) states.push(state)
  // 1000 = 142 x 7 + 6
  expect(states.filter((state) => state !== 'released')).toHaveLength(142)
})
