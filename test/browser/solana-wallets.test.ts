import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import bs58 from 'bs58'
import { describe, expect } from 'vitest'
import type { Attempt } from './page-wallets/attempt.js'
import { changeMessage, harmless, refused } from './page-wallets/changed-transaction.js'
import type { SolanaPage, SolanaVisit } from './page-wallets/solana-page.js'
import { useModule } from './site.js'

const test = stackTest({ base: false })
const site = useModule('page-wallets/solana-page.ts', 'buy')

interface Shop {
  readonly stack: Stack
  readonly wallets: StackWallets
}

/** A visitor with a wallet that has money buys a report. */
async function visit(
  { stack, wallets }: Shop,
  how: Pick<SolanaVisit, 'user' | 'change' | 'patienceMs'>
): Promise<Attempt> {
  const { page, problems } = await site.open()
  await page.exposeFunction('changeMessage', changeMessage)
  const key = bs58.decode(wallets.solana?.privateKey ?? expect.unreachable())
  const attempt = await page.evaluate((about) => (globalThis as SolanaPage).buy(about), {
    seed: [...key.subarray(0, 32)],
    url: stack.env.X402_REPORT_URL,
    rpcUrl: stack.env.BURSAR_RPC_SOLANA ?? expect.unreachable(),
    ...how
  })
  expect(problems).toEqual([])
  return attempt
}

const paid = { status: 200, money: 'settled' }

describe('P38: a page in Chromium pays with a wallet of the Wallet Standard', () => {
  test('whose user is asked once', async ({ stack, wallets }) => {
    const { outcome, questions, open } = await visit({ stack, wallets }, { user: 'signs' })
    expect(outcome).toMatchObject(paid)
    expect([questions, open]).toEqual([['solana:signTransaction'], 0])
    await expect(wallets).toHavePaidOnce()
  })

  test.for(Object.keys(harmless))('that %s', async (change, { stack, wallets }) => {
    expect((await visit({ stack, wallets }, { user: 'signs', change })).outcome).toMatchObject(paid)
    await expect(wallets).toHavePaidOnce()
  })
})

describe('P38: a page in Chromium sends nothing that a wallet of the Wallet Standard signed', () => {
  test.for(Object.keys(refused))('when it %s', async (change, { stack, wallets }) => {
    const { outcome, open } = await visit({ stack, wallets }, { user: 'signs', change })
    const reason = expect.stringContaining('it changed the payment')
    expect(outcome).toMatchObject({ code: 'signer/failed', money: 'none', reason })
    expect(open).toBe(0)
    await expect(wallets).toHaveSpent('0')
  })

  test.for<[SolanaVisit['user'], string | undefined, string]>([
    ['declines', 'declined', 'User rejected the request.'],
    ['locks the wallet', 'not-connected', 'it is locked'],
    ['shares another account', 'not-connected', 'and no longer'],
    ['signs with another account', undefined, 'its signature is not by its address']
  ])('when its user %s, and knows why', async ([user, problem, reason], { stack, wallets }) => {
    const { outcome, open } = await visit({ stack, wallets }, { user })
    expect(outcome).toMatchObject({
      code: 'signer/failed',
      money: 'none',
      reason: expect.stringContaining(reason)
    })
    expect(outcome).toHaveProperty('problem', problem)
    expect(open).toBe(0)
    await expect(wallets).toHaveSpent('0')
  })

  test("when its user never answers, once the caller's signal aborts", async ({ stack, wallets }) => {
    const { outcome, open } = await visit({ stack, wallets }, { user: 'never answers', patienceMs: 3_000 })
    expect(outcome).toMatchObject({ name: 'TimeoutError' })
    expect(open).toBe(0)
    await expect(wallets).toHaveSpent('0')
  })
})
