import { atomicUsdc, type Clock, type PaymentReservation, type SignedEvent, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { readSnapshot } from './read-snapshot.js'

const DAY_MS = 86_400_000
/** In the middle of a day in UTC. */
const NOON = Date.UTC(2026, 10, 21, 12)

/** A ledger whose clock is set by hand, and what buys on it. */
function newShop() {
  let nowMs = NOON
  const clock: Clock = { ...systemClock, nowMs: () => nowMs }
  const ledger = memoryLedger({ clock })
  const buy = async (sale: {
    id: string
    atMs: number
    host?: string
    labels?: Record<string, string>
    isTest?: true
  }) => {
    const { id, atMs, host = 'a.example', labels = {}, isTest } = sale
    nowMs = atMs
    const reservation: PaymentReservation = {
      kind: 'payment',
      id,
      fingerprint: id,
      method: 'GET',
      origin: `https://${host}`,
      path: '/',
      payer: '0xc',
      offer: {
        dialect: 'x402-v2',
        network: 'eip155:8453',
        asset: '0xa',
        payTo: '0xb',
        amountAtomic: 1_000_000n,
        cost: atomicUsdc(1_000_000n),
        ...(isTest ? { isTest } : {})
      },
      guards: { budgets: [] },
      labels
    }
    await ledger.reserve(reservation)
    await ledger.recordEvent(id, signedUntil(reservation, atMs))
    nowMs = NOON
  }
  const settle = async (id: string, end: 'answered' | 'failed' = 'answered') => {
    await ledger.recordEvent(id, { type: 'settled' })
    await ledger.recordEvent(id, { type: end })
  }
  return { ledger, clock, buy, settle }
}

function signedUntil({ offer, payer }: PaymentReservation, atMs: number): SignedEvent {
  const expiresAtSeconds = Math.floor(atMs / 1000) + 1
  const { network, asset, payTo, amountAtomic } = offer
  const terms = {
    network,
    asset,
    payTo,
    amountAtomic,
    payer,
    expiresAtSeconds,
    expiry: BigInt(expiresAtSeconds)
  }
  return {
    type: 'signed',
    payment: { ...terms, reference: '0xd', payload: {} },
    header: { name: 'PAYMENT-SIGNATURE', value: 'pays' }
  }
}

it('adds up what was spent by day, model, agent and host, and keeps test money apart', async () => {
  const { ledger, clock, buy, settle } = newShop()
  const labels = { model: 'gen', agent: 'research' }
  await buy({ id: 'old', atMs: NOON - 40 * DAY_MS })
  await settle('old')
  await buy({ id: 'yesterday', atMs: NOON - DAY_MS, host: 'b.example', labels })
  await settle('yesterday')
  await buy({ id: 'today', atMs: NOON - 60_000, labels: { model: 'gen' } })
  await settle('today')
  await buy({ id: 'test', atMs: NOON, labels, isTest: true })
  await settle('test')
  const { spending, testSpending, period } = await readSnapshot({ ledger, clock })
  expect(period.fromMs).toBe(Date.UTC(2026, 9, 23))
  expect(spending).toMatchObject({ total: '2', held: '0' })
  expect(spending.days).toHaveLength(30)
  expect(spending.days.slice(-3)).toEqual([
    { name: '2026-11-19', amount: '0' },
    { name: '2026-11-20', amount: '1' },
    { name: '2026-11-21', amount: '1' }
  ])
  expect(spending.models).toEqual([{ name: 'gen', amount: '2' }])
  expect(spending.agents).toEqual([
    { name: 'research', amount: '1' },
    { name: '', amount: '1' }
  ])
  expect(spending.hosts.map(({ name }) => name).toSorted()).toEqual(['a.example', 'b.example'])
  expect(testSpending).toMatchObject({ total: '1', agents: [{ name: 'research', amount: '1' }] })
})

it('adds up a period that has ended', async () => {
  const { ledger, clock, buy, settle } = newShop()
  for (const days of [3, 2, 1]) {
    await buy({ id: `${days}`, atMs: NOON - days * DAY_MS })
    await settle(`${days}`)
  }
  const period = { fromMs: Date.UTC(2026, 10, 18), untilMs: Date.UTC(2026, 10, 20) }
  const { spending, recent } = await readSnapshot({ ledger, clock, period })
  expect(spending.total).toBe('2')
  expect(spending.days.map(({ amount }) => amount)).toEqual(['1', '1'])
  expect(recent.map(({ id }) => id)).toEqual(['2', '3'])
})

it('says what is in flight, what was paid and not answered, and what to do', async () => {
  const { ledger, clock, buy, settle } = newShop()
  await buy({ id: 'flying', atMs: NOON + 60_000 })
  await buy({ id: 'over', atMs: NOON - 60_000 })
  await buy({ id: 'lost', atMs: NOON })
  await settle('lost', 'failed')
  const { outstanding, undelivered, spending } = await readSnapshot({ ledger, clock })
  expect(outstanding.count).toBe(2)
  expect(outstanding.rows.map(({ id, advice }) => [id, advice])).toEqual([
    ['flying', expect.stringMatching(/^It can settle until 2026-11-21 12:01 UTC\./)],
    ['over', expect.stringContaining('bursar recover')]
  ])
  expect(undelivered.rows).toMatchObject([
    { id: 'lost', state: 'undelivered', advice: expect.stringContaining('pays nothing more') }
  ])
  expect(spending.held).toBe('2')
})

it('says of a payment that was refused for another price that no call gets an answer for it', async () => {
  const { ledger, clock, buy } = newShop()
  for (const id of ['out', 'taken']) {
    await buy({ id, atMs: NOON + 60_000 })
    await ledger.recordEvent(id, { type: 'withdrawn' })
  }
  await ledger.recordEvent('taken', { type: 'settled' })
  const { outstanding, undelivered } = await readSnapshot({ ledger, clock })
  expect(outstanding.rows).toMatchObject([{ id: 'out', advice: expect.stringContaining('sent no more') }])
  expect(undelivered.rows).toMatchObject([{ id: 'taken', advice: expect.stringContaining('No call gets') }])
})

it('says what is left of limits, and why they cannot be read', async () => {
  const { ledger, clock, buy, settle } = newShop()
  await buy({ id: '1', atMs: NOON, labels: { agent: 'research' } })
  await settle('1')
  const limits = { payment: '0.5', day: '3', perLabel: { agent: { month: '4' } } }
  expect((await readSnapshot({ ledger, clock, limits: () => limits })).limits).toEqual({
    rows: [
      { name: 'each payment', limit: '0.5' },
      { name: 'day', limit: '3', left: '2' },
      { name: 'agent research: month', limit: '4', left: '3' }
    ],
    problem: ''
  })
  const broken = (): never => {
    throw new TypeError('limits.json is damaged')
  }
  const { limits: unread } = await readSnapshot({ ledger, clock, limits: broken })
  expect(unread).toEqual({ rows: [], problem: 'limits.json is damaged' })
})

it('says what is left for each host that is named or was paid, and what test money has of its own', async () => {
  const { ledger, clock, buy, settle } = newShop()
  for (const [id, sale] of Object.entries({
    one: { host: 'a.example' },
    two: { host: 'b.example' },
    test: { host: 'a.example', isTest: true }
  } as const)) {
    await buy({ id, atMs: NOON, ...sale })
    await settle(id)
  }
  const limits = {
    day: '3',
    hosts: { 'a.example': { payment: '0.2', week: '5' }, 'never.example': { day: '1' } },
    perHost: { month: '1.5' }
  }
  const read = await readSnapshot({ ledger, clock, limits: () => limits, local: ['Base'] })
  expect(read.limits.rows.map(({ name, limit, left = '' }) => `${name} ${left}/${limit}`)).toEqual([
    'day 1/3',
    'a.example: each payment /0.2',
    'a.example: week 4/5',
    'never.example: day 1/1',
    'a.example, as each host: month 0.5/1.5',
    'b.example, as each host: month 0.5/1.5'
  ])
  expect(read.testLimits?.rows.map(({ name, left = '' }) => `${name} ${left}`)).toEqual([
    'day 2',
    'a.example: each payment ',
    'a.example: week 4',
    'never.example: day 1',
    'a.example, as each host: month 0.5'
  ])
  expect(read.local).toEqual(['Base'])
})

it('names whether it is frozen, by whom and why, in one line each', async () => {
  const { ledger, clock } = newShop()
  expect((await readSnapshot({ ledger, clock })).frozen).toBeNull()
  await ledger.freeze('a key\n may be \u202eknown')
  const { frozen } = await readSnapshot({ ledger, clock })
  expect(frozen).toMatchObject({ reason: 'a key may be known', sinceMs: NOON })
})

it('lists jobs with the pictures that were saved of them', async () => {
  const { ledger, clock } = newShop()
  await ledger.noteJob({ job: 'req 1', origin: 'https://a.example', labels: { model: 'gen' } })
  const files = async () => [
    { path: '/out/a.json', bytes: 1, sha256: '' },
    { path: '/out/b.PNG', bytes: 1, sha256: '' }
  ]
  expect((await readSnapshot({ ledger, clock, files })).jobs).toEqual([
    {
      job: 'req 1',
      host: 'a.example',
      model: 'gen',
      atMs: NOON,
      images: [{ name: 'b.PNG', href: 'files?job=req+1&index=1' }]
    }
  ])
})
