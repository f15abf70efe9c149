import { describe, expect, it } from 'vitest'
import { stackMatchers } from '../index.js'
import { assertPaidOnce, assertSpent } from '../node-test.js'
import type { TestPayment } from '../stack/test-wallet.js'

const onBase: TestPayment = { transaction: '0xaa', chain: 'Base', to: '0xpayee', amountAtomic: 10_000n }
const onSolana: TestPayment = { transaction: 'bb', chain: 'Solana', to: 'payee', amountAtomic: 20_000n }

/** A wallet on each chain, and what was paid from it. */
function wallets(base: readonly TestPayment[], solana: readonly TestPayment[] = []) {
  return { base: { payments: async () => base }, solana: { payments: async () => solana } }
}

const { toHavePaidOnce, toHaveSpent } = stackMatchers

describe('P77: toHavePaidOnce', () => {
  it.each([
    ['a wallet', wallets([onBase]).base],
    ['wallets', wallets([], [onSolana])],
    ['wallets on one chain', { base: wallets([onBase]).base }],
    ['a stack', { wallets: wallets([onBase]), base: { rpcUrl: 'http://127.0.0.1' } }]
  ])('holds for %s that paid once', async (_, paying) => {
    expect((await toHavePaidOnce(paying)).pass).toBe(true)
    await assertPaidOnce(paying)
  })

  it('says that nothing was paid', async () => {
    const verdict = await toHavePaidOnce(wallets([]))
    expect(verdict.pass).toBe(false)
    expect(verdict.message()).toBe('Expected one payment. Nothing has settled.')
    await expect(assertPaidOnce(wallets([]))).rejects.toThrow(verdict.message())
  })

  it('says what was paid instead', async () => {
    const { pass, message } = await toHavePaidOnce(wallets([onBase], [onSolana]))
    expect(pass).toBe(false)
    expect(message()).toBe(
      'Expected one payment. 2 payments have settled, 0.03 USDC in all:\n' +
        '  0.01 USDC on Base to 0xpayee (0xaa)\n' +
        '  0.02 USDC on Solana to payee (bb)'
    )
  })

  it('says when it was paid, by the chain, where that is known', async () => {
    const timed = { ...onBase, settledAtSeconds: 1_800_000_000 }
    expect((await toHavePaidOnce(wallets([timed, onBase]))).message()).toContain(
      '\n  0.01 USDC on Base to 0xpayee at 2027-01-15T08:00:00Z (0xaa)\n  0.01 USDC on Base to 0xpayee (0xaa)'
    )
  })

  it('says what was paid when that is not expected', async () => {
    expect((await toHavePaidOnce(wallets([onBase]))).message()).toBe(
      'Expected no payment, or several. One payment has settled, 0.01 USDC in all:\n' +
        '  0.01 USDC on Base to 0xpayee (0xaa)'
    )
  })

  it.each([undefined, 5, 'wallet', {}, { base: {} }])('is not asked of %j', async (paying) => {
    await expect(toHavePaidOnce(paying)).rejects.toThrow('Give a wallet, the wallets of a test, or a stack')
  })
})

describe('P77: toHaveSpent', () => {
  it('compares the sum, however it is written', async () => {
    for (const usdc of ['0.03', '0.0300']) {
      expect((await toHaveSpent(wallets([onBase], [onSolana]), usdc)).pass).toBe(true)
      await assertSpent(wallets([onBase], [onSolana]), usdc)
    }
    expect((await toHaveSpent(wallets([]), '0')).pass).toBe(true)
  })

  it('says what was expected, and what was paid instead', async () => {
    const { pass, message } = await toHaveSpent(wallets([onBase]), '0.02')
    expect(pass).toBe(false)
    expect(message()).toContain('Expected 0.02 USDC to be spent. One payment has settled, 0.01 USDC in all:')
    await expect(assertSpent(wallets([onBase]), '0.02')).rejects.toMatchObject({ code: 'ERR_ASSERTION' })
    const same = await toHaveSpent(wallets([onBase]), '0.01')
    expect(same.message()).toContain('Expected other than 0.01 USDC to be spent.')
  })

  it('is given decimal text', async () => {
    await expect(toHaveSpent(wallets([]), '0,01')).rejects.toMatchObject({ code: 'amount/malformed' })
    const number: unknown = 0.01
    await expect(toHaveSpent(wallets([]), number as string)).rejects.toThrow(
      new TypeError("Say what should be spent as text such as '0.01', not 0.01")
    )
  })
})
