import { atomicUsdc, BASE, BursarError, SOLANA_MAINNET } from '@bursar/core'
import type { PrepaidBalance, WalletBalance } from 'bursar'
import { describe, expect, it } from 'vitest'
import { accountJson, accountRow, prepaidJson, prepaidRow, walletJson, walletRow } from './balance-rows.js'

const outage = new BursarError('rpc/unavailable', {
  message: 'No endpoint answered.',
  context: { network: BASE, endpoints: 1, reasons: [] },
  moneyState: 'none'
})
const full = { usdc: atomicUsdc(2_500_000n), gas: 1_500_000_000n }

describe('a balance as people and programs read it', () => {
  it.each<[WalletBalance, readonly string[], object]>([
    [
      { network: BASE, address: '0xa', ...full },
      ['Base', '0xa', '2.5 USDC', '0.0000000015 ETH'],
      { usdc: '2.5', usdcAtomic: '2500000', gas: '0.0000000015', gasAtomic: '1500000000', error: null }
    ],
    [
      { network: SOLANA_MAINNET, address: 'b', ...full },
      ['Solana', 'b', '2.5 USDC', '1.5 SOL'],
      { usdc: '2.5', gas: '1.5', gasAtomic: '1500000000', gasSymbol: 'SOL', error: null }
    ],
    [
      { network: BASE, address: '0xa', error: outage },
      ['Base', '0xa', 'unknown', ''],
      { usdc: null, gas: null, error: 'rpc/unavailable' }
    ],
    [
      { network: BASE, address: '0xa', usdc: atomicUsdc(0n), gas: 0n },
      ['Base', '0xa', '0 USDC', '0 ETH'],
      { usdc: '0', gas: '0', error: null }
    ]
  ])('%# of a wallet: what is not known is never zero', (balance, row, json) => {
    expect(walletRow(balance)).toEqual(row)
    expect(walletJson(balance)).toMatchObject(json)
  })

  it.each<[Partial<PrepaidBalance>, string, string | null]>([
    [{ usdc: atomicUsdc(400_000n) }, '0.4 USDC', '0.4'],
    [{ error: outage }, 'unknown', null]
  ])('%# of a prepaid balance', (found, amount, usdc) => {
    const balance: PrepaidBalance = {
      service: 'katana',
      origin: 'https://a.example',
      network: BASE,
      ...found
    }
    expect(prepaidRow(balance)).toEqual(['katana', 'prepaid from Base', amount, ''])
    expect(prepaidJson(balance)).toMatchObject({ service: 'katana', usdc, error: found.error?.code ?? null })
  })

  it.each([
    [{ left: '5' }, '5 USD', null],
    [{}, 'unbounded', null],
    [{ error: outage }, 'unknown', 'rpc/unavailable']
  ])('%# of the account of a key', (found, amount, error) => {
    const account = { service: 'openclaw', unit: 'USD', ...found } as Parameters<typeof accountRow>[0]
    expect(accountRow(account)[2]).toBe(amount)
    expect(accountJson(account)).toMatchObject({ service: 'openclaw', error })
  })
})
