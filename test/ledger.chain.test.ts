import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bursarParts, type Ledger, type Purchase, parseUsdc, systemClock } from '@bursar/core'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { type Bursar, createBursar } from 'bursar'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack, type Wallet } from './stack.js'

const stack = useStack()

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'ledger.db')
}

/** A wallet whose bursar keeps its ledger in a file, and the same again, as after a restart. */
async function newShop(): Promise<Wallet & { readonly ledger: Ledger; again(): Bursar }> {
  const path = newPath()
  const ledger = sqliteLedger({ path })
  const wallet = await fundWallet(stack, { ledger })
  onTestFinished(() => wallet.bursar.close())
  return {
    ...wallet,
    ledger,
    again() {
      const bursar = createBursar({
        evm: wallet.key,
        limits: { payment: '0.25', total: '5' },
        ledger: sqliteLedger({ path }),
        rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
        resend: { times: 0 }
      })
      onTestFinished(() => bursar.close())
      return bursar
    }
  }
}

const url = (query: string): string => `${stack.gateway.url}/standard/v2/report?${query}`
const arm = (fault: string) => ({ headers: { 'X-Gateway-Fault': fault } })

async function list(purchases: AsyncIterable<Purchase>): Promise<Purchase[]> {
  const found: Purchase[] = []
  for await (const purchase of purchases) found.push(purchase)
  return found
}

describe('a restart', () => {
  it('an equal call resumes the payment that the one before left unresolved', async () => {
    const { address, bursar, again } = await newShop()
    const lost = bursar.fetch(url('restart'), arm('answer-lost-after-settling*3'))
    await expect(lost).rejects.toMatchObject({ code: 'payment/settled-answer-lost' })
    await bursar.close()
    const next = again()
    const response = await next.fetch(url('restart'))
    expect(next.receiptOf(response)).toMatchObject({ resumed: true, moneyState: 'settled' })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('recover brings what was left to its end, as the chain tells it', async () => {
    const { bursar, again } = await newShop()
    const pending = bursar.fetch(url('pending'), arm('settlement-pending'))
    await expect(pending).rejects.toMatchObject({ code: 'payment/refused' })
    const never = bursar.fetch(url('never'), arm('settlement-pending;lands=false'))
    await expect(never).rejects.toMatchObject({ code: 'payment/refused', moneyState: 'sent' })
    await bursar.close()
    const next = again()
    const recovered = await next.recover()
    const outcomes = recovered.map(({ purchase, outcome }) => [purchase.path, outcome])
    expect(outcomes).toContainEqual(['/standard/v2/report', 'waiting'])
    expect(recovered.find(({ outcome }) => outcome === 'waiting')?.knownAtMs).toBeGreaterThan(Date.now())
    expect((await next.outstanding()).length).toBe(1)
  })
})

describe('a name', () => {
  it('buys once: the second call is told what the first one paid', async () => {
    const { address, bursar, again } = await newShop()
    const named = { bursar: { purchase: 'invoice-42' } }
    const first = bursar.receiptOf(await bursar.fetch(url('invoice'), named))
    await bursar.close()
    const next = again()
    await expect(next.fetch(url('invoice'), named)).rejects.toMatchObject({
      code: 'purchase/already-settled',
      moneyState: 'none',
      context: { name: 'invoice-42', amount: first?.amount, transaction: first?.transaction }
    })
    await expect(next.fetch(url('another'), named)).rejects.toMatchObject({ code: 'purchase/name-taken' })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('resumes with the same bytes, and stays apart from equal calls without it', async () => {
    const { address, bursar, again } = await newShop()
    const named = { bursar: { purchase: 'invoice-43' } }
    const lost = bursar.fetch(url('named'), { ...named, ...arm('answer-lost-after-settling*3') })
    await expect(lost).rejects.toMatchObject({ code: 'payment/settled-answer-lost' })
    await bursar.close()
    const next = again()
    expect(next.receiptOf(await next.fetch(url('named')))?.resumed).toBe(false)
    expect(next.receiptOf(await next.fetch(url('named'), named))?.resumed).toBe(true)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(2)
  })

  it('is rejected while its purchase is being made', async () => {
    const { address, bursar } = await newShop()
    const init = { bursar: { purchase: 'invoice-44' } }
    const slow = arm('slow;delayMs=5000;leg=paid')
    const first = bursar.fetch(url('at-once'), { ...init, ...slow })
    await expect.poll(async () => (await bursar.outstanding()).length).toBe(1)
    await expect(bursar.fetch(url('at-once'), init)).rejects.toMatchObject({ code: 'purchase/in-progress' })
    expect((await first).status).toBe(200)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })
})

describe('what all processes on a ledger share', () => {
  it('freeze stops every one of them, and thaw lets them go on', async () => {
    const { bursar, again } = await newShop()
    const other = again()
    await bursar.freeze('the key may be known')
    await expect(other.fetch(url('frozen'))).rejects.toMatchObject({
      code: 'ledger/frozen',
      moneyState: 'none',
      context: { reason: 'the key may be known' }
    })
    await other.thaw()
    expect((await bursar.fetch(url('frozen'))).status).toBe(200)
  })

  it('a budget of a label, and the history of what it paid for', async () => {
    const path = newPath()
    const limits = { payment: '0.25', perLabel: { agent: { day: '0.02' } } }
    const { bursar } = await fundWallet(stack, { ledger: sqliteLedger({ path }), limits })
    onTestFinished(() => bursar.close())
    const pay = (agent: string, page: number): Promise<Response> =>
      bursar.fetch(url(`${agent}${page}`), { bursar: { labels: { agent } } })
    for (const page of [1, 2]) expect((await pay('a1', page)).status).toBe(200)
    await expect(pay('a1', 3)).rejects.toMatchObject({
      code: 'offer/over-limit',
      context: { limit: 'perLabel agent day', allowed: '0.02', used: '0.02' }
    })
    expect((await pay('a2', 1)).status).toBe(200)
    expect(await list(bursar.history({ labels: { agent: 'a1' } }))).toHaveLength(2)
    expect(await list(bursar.history({ state: 'settled' }))).toHaveLength(3)
  })
})

describe('what the ledger remembers of a host', () => {
  it('pins its payee at first use, and rejects another until it is listed', async () => {
    const pinned = { allow: { payees: 'pin' } } as const
    const { bursar } = await fundWallet(stack, { ledger: sqliteLedger({ path: newPath() }), ...pinned })
    onTestFinished(() => bursar.close())
    for (const page of [1, 2]) expect((await bursar.fetch(url(`pin${page}`))).status).toBe(200)
    await expect(bursar.fetch(url('pin3'), arm('wrong-payee'))).rejects.toMatchObject({
      code: 'offer/payee-refused',
      moneyState: 'none'
    })
  })

  it('rejects a price far above the usual one, or leaves it to confirm', async () => {
    const ledger = sqliteLedger({ path: newPath() })
    const { bursar } = await fundWallet(stack, { ledger, maxPriceIncrease: 3 })
    onTestFinished(() => bursar.close())
    expect((await bursar.fetch(url('usdc=0.01'))).status).toBe(200)
    expect((await bursar.fetch(url('usdc=0.03'))).status).toBe(200)
    const meter = createBursar({ payers: [], ledger, limits: { payment: '1' } })
      [bursarParts]()
      .createAccountMeter()
    const most = parseUsdc('1')
    await (
      await meter.open({ method: 'GET', url: new URL(url('usdc=0.1')), maxCost: most, labels: {} })
    ).settle()
    await expect(bursar.fetch(url('usdc=0.1'))).rejects.toMatchObject({
      code: 'offer/over-limit',
      context: { limit: 'maxPriceIncrease', requested: '0.1', used: '0.03' }
    })
    const asked: unknown[] = []
    const confirm = (proposal: object): boolean => asked.push(proposal) > 0
    const { bursar: other } = await fundWallet(stack, { ledger, maxPriceIncrease: 3, confirm })
    expect((await other.fetch(url('usdc=0.1'))).status).toBe(200)
    expect(asked).toMatchObject([{ amount: '0.1', usual: '0.03' }])
  })
})

it('without a word, the ledger is a file in BURSAR_HOME', async () => {
  const { key } = await fundWallet(stack)
  const path = newPath()
  const before = process.env.BURSAR_HOME
  process.env.BURSAR_HOME = join(path, '..')
  onTestFinished(() => {
    if (before !== undefined) process.env.BURSAR_HOME = before
  })
  const bursar = createBursar({ evm: key, limits: { payment: '0.25' } })
  expect((await bursar.fetch(url('default'))).status).toBe(200)
  await bursar.close()
  const file = sqliteLedger({ path })
  onTestFinished(() => file.close())
  expect(await list(file.history())).toMatchObject([{ state: 'settled', call: 'answered' }])
})

describe('a job', () => {
  it('is written down with the purchase that bought it, and found after a restart', async () => {
    const { bursar, again } = await newShop()
    const response = await bursar.fetch(url('job'))
    await response.text()
    const { purchase = '' } = bursar.receiptOf(response) ?? {}
    const { ledger } = bursar[bursarParts]()
    await ledger.noteJob({ job: 'request-1', purchase, origin: stack.gateway.url, labels: {} })
    await bursar.close()
    expect(await list(again().history({ job: 'request-1' }))).toMatchObject([{ id: purchase }])
  })
})

// Last, because it moves the chain's clock.
describe('at start-up', () => {
  it('what an earlier process left open is asked about in the background, when that is wished', async () => {
    const { key, ledger, bursar } = await newShop()
    const lost = bursar.fetch(url('start'), arm('answer-lost-before-settling*3'))
    await expect(lost).rejects.toMatchObject({ moneyState: 'sent' })
    const [left] = await ledger.outstanding()
    await stack.chain.increaseTime(3_600)
    const clock = { ...systemClock, nowMs: () => Date.now() + 3_600_000 }
    const options = { evm: key, limits: { payment: '0.25' }, ledger, clock } as const
    const rpcUrls = { 'eip155:8453': stack.chain.rpcUrl }
    createBursar({ ...options, rpcUrls, recover: 'at-start' })
    await expect.poll(async () => (await ledger.find({ id: left?.id ?? '' }))?.state).toBe('dead')
  })
})
