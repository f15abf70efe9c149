import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { generatePrivateKey } from 'viem/accounts'
import { describe, expect } from 'vitest'
import type { Attempt } from './page-wallets/attempt.js'
import type { EvmPage, EvmVisit } from './page-wallets/evm-page.js'
import { useModule } from './site.js'

const test = stackTest({ solana: false })
const site = useModule('page-wallets/evm-page.ts', 'buy')

interface Shop {
  readonly stack: Stack
  readonly wallets: StackWallets
}

/** A visitor with a wallet of two accounts, of which the first has money, buys a report. */
async function visit(
  { stack, wallets }: Shop,
  how: Pick<EvmVisit, 'by' | 'user' | 'patienceMs' | 'staysMs'>
): Promise<Attempt> {
  const { page, problems } = await site.open()
  const key = wallets.base?.privateKey ?? expect.unreachable()
  const attempt = await page.evaluate((about) => (globalThis as EvmPage).buy(about), {
    keys: [key, generatePrivateKey()] as `0x${string}`[],
    url: stack.env.X402_REPORT_URL,
    rpcUrl: stack.env.BURSAR_RPC_BASE ?? expect.unreachable(),
    ...how
  })
  expect(problems).toEqual([])
  return attempt
}

const paid = { status: 200, money: 'settled' }

describe('P38: a page in Chromium pays with a wallet', () => {
  test.for(['window.ethereum', 'EIP-6963', 'wagmi, connected by bursar', "wagmi's wallet client"] as const)(
    'of %s, whose user is asked once',
    async (by, { stack, wallets }) => {
      const { outcome, questions, open } = await visit({ stack, wallets }, { by, user: 'signs' })
      expect(outcome).toMatchObject(paid)
      expect([questions, open]).toEqual([['eth_signTypedData_v4'], 0])
      await expect(wallets).toHavePaidOnce()
    }
  )

  test.for(['window.ethereum', 'wagmi, connected by bursar'] as const)(
    'of %s that is on another network, after it was asked to change',
    async (by, { stack, wallets }) => {
      const { outcome, questions } = await visit({ stack, wallets }, { by, user: 'is on another network' })
      expect(outcome).toMatchObject(paid)
      expect(questions).toEqual(['wallet_switchEthereumChain', 'eth_signTypedData_v4'])
      await expect(wallets).toHavePaidOnce()
    }
  )
})

describe('P38: a page in Chromium pays nothing, holds nothing of the budget, and knows why', () => {
  test.for<[EvmVisit['user'], EvmVisit['by'], string | undefined, string]>([
    ['declines', 'window.ethereum', 'declined', 'User denied'],
    ['declines', "wagmi's wallet client", 'declined', 'it refused to sign'],
    ['is on another network and stays', 'EIP-6963', 'declined', 'User denied'],
    [
      'has a wallet that does not know the network',
      'window.ethereum',
      'wrong-network',
      'on chain 1, and the payment is on chain 8453'
    ],
    [
      'has a wallet that does not know the network',
      'wagmi, connected by bursar',
      'wrong-network',
      'on chain 1, and the payment'
    ],
    ['locks the wallet', 'window.ethereum', 'not-connected', 'it is locked'],
    ['shares another account', 'wagmi, connected by bursar', 'not-connected', 'and no longer'],
    ['signs with another account', 'window.ethereum', undefined, 'its signature is not by its address']
  ])('when its user %s (%s)', async ([user, by, problem, reason], { stack, wallets }) => {
    const { outcome, open } = await visit({ stack, wallets }, { by, user })
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
    const how = { by: 'window.ethereum', user: 'never answers', patienceMs: 3_000 } as const
    const { outcome, questions, open } = await visit({ stack, wallets }, how)
    expect(outcome).toMatchObject({ name: 'TimeoutError' })
    expect([questions, open]).toEqual([['eth_signTypedData_v4'], 0])
    await expect(wallets).toHaveSpent('0')
  })

  test('when its user changes the network after the page gave up: no signature is asked for', async ({
    stack,
    wallets
  }) => {
    const how = {
      by: 'window.ethereum',
      user: 'changes the network a while after the page gave up',
      patienceMs: 3_000,
      staysMs: 5_000
    } as const
    const { outcome, questions, open } = await visit({ stack, wallets }, how)
    expect(outcome).toMatchObject({ name: 'TimeoutError' })
    expect([questions, open]).toEqual([['wallet_switchEthereumChain'], 0])
    await expect(wallets).toHaveSpent('0')
  })
})
