import { atomicUsdc, type Reservation, type SignedEvent } from '@bursar/core'
import { ask, ledgerOn, type Step, type Transaction } from '@bursar/ledger/driver'
import { expect, it } from 'vitest'
import { createChance } from '../chance.js'
import { CallSignals } from './call-signals.js'
import { Contents } from './contents.js'
import { type FaultKind, Faults } from './faults.js'
import { createPlan, type Plan } from './plan.js'
import { Scheduler, world } from './scheduler.js'
import { SimulatedChain } from './simulated-chain.js'
import { SimulatedClock } from './simulated-clock.js'
import { type Client, SimulatedDatabase } from './simulated-database.js'
import { SimulatedStore } from './simulated-store.js'
import { Trace } from './trace.js'
import { Watcher } from './watcher.js'

/** A world in which nothing goes wrong but one thing, always. */
function open(store: Plan['store'], fault?: FaultKind) {
  const calm = createPlan(1, 1)
  const oneIn = { ...calm.oneIn }
  for (const kind of Object.keys(oneIn) as FaultKind[]) oneIn[kind] = kind === fault ? 1 : 0
  const plan: Plan = { ...calm, store, oneIn, pinsPayee: false, maxPriceIncrease: undefined }
  const [chance, trace] = [createChance(1), new Trace(true)]
  const scheduler = new Scheduler(chance, trace)
  const [chain, contents] = [new SimulatedChain(scheduler), new Contents()]
  const watcher = new Watcher({ plan, scheduler, chain, contents })
  const faults = new Faults(chance, oneIn)
  const calls = new CallSignals()
  const database = new SimulatedDatabase({ plan, chance, faults, scheduler, chain, watcher, calls }, contents)
  const start = (name: string) => {
    const client = new TestClient(name, scheduler)
    const clock = new SimulatedClock(scheduler, client, client.machine)
    const store = new SimulatedStore({ database, client, clock, session: name })
    return { client, store, ledger: ledgerOn(store) }
  }
  const run = (): Promise<void> => {
    const endMs = scheduler.nowMs + 20_000
    return scheduler.runUntil(() => scheduler.nowMs >= endMs, 10_000)
  }
  return { scheduler, contents, database, faults, start, run }
}

class TestClient implements Client {
  readonly name: string
  readonly machine = { name: 'machine', skewMs: 0 }
  readonly #scheduler: Scheduler
  isAlive = true
  pausedUntilMs = 0

  constructor(name: string, scheduler: Scheduler) {
    this.name = name
    this.#scheduler = scheduler
  }

  nowMs(): number {
    return this.#scheduler.nowMs
  }
}

const cost = atomicUsdc(10n)
const reservation = (id: string, limit = 100n): Reservation => ({
  kind: 'payment',
  id,
  fingerprint: 'f',
  method: 'POST',
  origin: 'https://seller.example',
  path: '/buy',
  payer: '0xc',
  offer: { dialect: 'x402-v2', network: 'eip155:8453', asset: '0xa', payTo: '0xb', amountAtomic: 10n, cost },
  guards: { budgets: [{ name: 'total', limit: atomicUsdc(limit) }] },
  labels: {}
})

const sign = (): SignedEvent => ({
  type: 'signed',
  payment: {
    network: 'eip155:8453',
    asset: '0xa',
    payer: '0xc',
    payTo: '0xb',
    amountAtomic: 10n,
    reference: 'payment-1',
    expiresAtSeconds: Scheduler.startMs / 1000 + 60,
    expiry: 0n,
    payload: {}
  },
  header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' }
})

/** What came of something, once everything has happened. */
async function outcome(run: () => Promise<void>, doing: Promise<unknown>): Promise<unknown> {
  const settled = Promise.allSettled([doing])
  await run()
  const [result] = await settled
  return result?.status === 'fulfilled' ? result.value : result?.reason
}

it('lets no writer come between the steps of another', async () => {
  const { start, run, contents } = open('database')
  const processes = ['one', 'two', 'three'].map((name) => start(name))
  const reserving = processes.flatMap(({ ledger, client }) =>
    [1, 2].map((index) => ledger.reserve(reservation(`${client.name} ${index}`, 30n)))
  )
  const settled = Promise.allSettled(reserving)
  await run()
  expect((await settled).filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(contents.rows.size).toBe(3)
})

it('holds a commit of a file that could not be synced, and of which its caller is told that it failed', async () => {
  const { start, run, contents, faults } = open('file', 'commit unclear')
  const { ledger } = start('one')
  const reserving = ledger.reserve(reservation('p1'), { sign })
  void reserving.catch(() => {
    faults.isCalm = true
  })
  expect(await outcome(run, reserving)).toMatchObject({ code: 'ledger/unavailable' })
  // What it holds is never sent, and is given back.
  expect(contents.rows.get('p1')?.purchase).toMatchObject({ state: 'released', call: 'failed' })
})

it('carries a commit out whose connection was cut, and tells the next transaction of its session', async () => {
  const { start, run, contents, faults, scheduler } = open('database', 'commit unclear')
  const { ledger } = start('one')
  const reserving = ledger.reserve(reservation('p1'), { sign })
  scheduler.after({ ms: 100, owner: world, what: 'connections hold' }, () => {
    faults.isCalm = true
  })
  expect(await outcome(run, reserving)).toMatchObject({ id: 'p1', state: 'signed', call: 'open' })
  expect(contents.rows.size).toBe(1)
})

it('holds nothing of a commit that was refused', async () => {
  const { start, run, contents, faults } = open('file', 'commit refused')
  const { ledger } = start('one')
  const reserving = ledger.reserve(reservation('p1'))
  void reserving.catch(() => {
    faults.isCalm = true
  })
  expect(await outcome(run, reserving)).toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
  expect(contents.rows.size).toBe(0)
})

it('loses what was not synced when the power fails, and nothing else', async () => {
  const { start, run, contents, database } = open('file')
  const { ledger } = start('one')
  await outcome(run, ledger.reserve(reservation('p1'), { sign }))
  await outcome(run, ledger.reserve(reservation('p2')))
  expect([...contents.rows.keys()]).toEqual(['p1', 'p2'])
  database.failPower()
  expect([...contents.rows.keys()]).toEqual(['p1'])
  expect(contents.isDurable('payment-1')).toBe(true)
})

it('writes the end of a call that could not be written as soon as it can', async () => {
  const { start, run, contents, database } = open('database')
  const { ledger } = start('one')
  await outcome(run, ledger.reserve(reservation('p1'), { sign }))
  database.outage = 'everything'
  const failing = ledger.recordEvent('p1', { type: 'failed' })
  void failing.catch(() => {
    database.outage = undefined
  })
  expect(await outcome(run, failing)).toMatchObject({ code: 'ledger/unavailable' })
  expect(contents.rows.get('p1')?.purchase.call).toBe('failed')
})

it('rolls back what a process had begun that is gone, and lets others write', async () => {
  const { start, run, contents, database } = open('database')
  const [one, two] = [start('one'), start('two')]
  const half = function* (tx: Transaction): Step<void> {
    yield* ask(tx.setFrozen({ reason: 'half done', sinceMs: 0, by: 'one' }))
    yield* ask(new Promise<void>(() => {}))
  }
  one.store.write(half).catch(() => {})
  await run()
  one.client.isAlive = false
  database.abandon(one.client)
  await outcome(run, two.ledger.reserve(reservation('p2')))
  expect([...contents.rows.keys()]).toEqual(['p2'])
  expect(contents.frozen).toBeUndefined()
})
