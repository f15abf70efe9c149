import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mock } from 'node:test'
import { type Stack, startStack } from '@bursar/gateway'
import { BASE, createBursar, SOLANA_MAINNET } from 'bursar'
import { sqliteLedger } from 'bursar/sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
}, 120_000)
afterAll(() => stack?.stop())
afterEach(() => {
  vi.useRealTimers()
  mock.timers.reset()
})

type Faked = NonNullable<NonNullable<Parameters<typeof vi.useFakeTimers>[0]>['toFake']>

const timers: Faked = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']
/** What the libraries replace where nothing is said, beside the two that no connection does without. */
const replaced: readonly (readonly [name: string, replace: () => void])[] = [
  ['vitest', () => void vi.useFakeTimers()],
  ['vitest, in another year', () => void vi.useFakeTimers({ now: 0 })],
  ['vitest, timers alone', () => void vi.useFakeTimers({ toFake: timers })],
  ['node:test, whose Date begins with 1970', () => mock.timers.enable()],
  [
    'jest and sinon, without what no connection does without',
    () =>
      void vi.useFakeTimers({ toFake: [...timers, 'setImmediate', 'clearImmediate', 'Date', 'performance'] })
  ]
]

async function newBursar(): Promise<ReturnType<typeof createBursar>> {
  const wallets = await stack.newWallet('1')
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
  onTestFinished(() => bursar.close())
  return bursar
}

/** Pays on a chain, and reads from the chain what was spent. */
async function payReport(network: typeof BASE | typeof SOLANA_MAINNET): Promise<string> {
  const wallets = await stack.newWallet('1')
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
  const response = await bursar.fetch(`${stack.gateway.url}/standard/v2/report`, {
    bursar: { prefer: [network] }
  })
  expect(response.status).toBe(200)
  await response.json()
  await bursar.close()
  return stack.spentBy(network === BASE ? wallets.base : wallets.solana)
}

describe('a test whose timers are faked', () => {
  it.each(replaced)(
    'pays, and reads what was paid: %s',
    async (_, replace) => {
      replace()
      expect(await payReport(BASE)).toBe('0.01')
      expect(await payReport(SOLANA_MAINNET)).toBe('0.01')
    },
    120_000
  )

  it('pays again by a bursar that has paid before, and into a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bursar-fake-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const wallets = await stack.newWallet('1')
    const ledger = sqliteLedger({ path: join(folder, 'ledger.db') })
    const bursar = createBursar({ ...wallets.options, ledger, limits: { payment: '0.05' } })
    await (await bursar.fetch(stack.env.X402_REPORT_URL)).json()
    vi.useFakeTimers()
    await (await bursar.fetch(stack.env.X402_REPORT_URL)).json()
    await bursar.close()
    expect(await stack.spentBy(wallets)).toBe('0.02')
  }, 120_000)

  it('travels, remembers and restores', async () => {
    vi.useFakeTimers()
    const restore = await stack.snapshot()
    await stack.travel(3_600)
    expect(await payReport(BASE)).toBe('0.01')
    await restore()
    expect(await payReport(SOLANA_MAINNET)).toBe('0.01')
  }, 120_000)

  it('is told at once what to leave out', async () => {
    const bursar = await newBursar()
    vi.useFakeTimers({ toFake: ['queueMicrotask'] })
    await expect(bursar.fetch(stack.env.X402_REPORT_URL)).rejects.toMatchObject({
      cause: {
        code: 'request/unreachable',
        moneyState: 'none',
        message: expect.stringMatching('fake timers hold queueMicrotask up.*useFakeTimers.*Nothing was paid')
      }
    })
    await expect(stack.newWallet()).rejects.toThrow('fake timers hold queueMicrotask up')
    vi.useRealTimers()
  }, 60_000)
})
