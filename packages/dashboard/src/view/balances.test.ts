import { atomicUsdc, BursarError, SOLANA_MAINNET } from '@bursar/core'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import { balanceRows } from '../snapshot/balance-rows.js'
import { Balances } from './balances.js'

const away = new BursarError('rpc/unavailable', {
  message: 'No endpoint answers.',
  context: { network: SOLANA_MAINNET, endpoints: 1, reasons: [] },
  moneyState: 'none'
})
const rows = balanceRows({
  wallets: [
    { network: 'eip155:8453', address: '0xA', usdc: atomicUsdc(1_500_000n), gas: 10n ** 17n },
    { network: 'eip155:84532', address: '0xB', usdc: atomicUsdc(0n), gas: 0n },
    { network: SOLANA_MAINNET, address: 'C', error: away }
  ],
  prepaid: [
    {
      service: 'katana',
      origin: 'https://kat.example',
      network: 'eip155:8453',
      address: '0xA',
      usdc: atomicUsdc(2n)
    },
    { service: 'venice', origin: 'https://v.example', network: 'eip155:8453', address: '0xA' }
  ]
})

it('what cannot be read has a reason and no amount, and test money is marked', () => {
  expect(rows).toEqual([
    { kind: 'wallet', name: 'Base', place: '0xA', amount: '1.5', gas: '0.1 ETH', isTest: false },
    { kind: 'wallet', name: 'Base Sepolia', place: '0xB', amount: '0', gas: '0 ETH', isTest: true },
    { kind: 'wallet', name: 'Solana', place: 'C', problem: 'No endpoint answers.', isTest: false },
    { kind: 'prepaid', name: 'katana', place: 'from Base', amount: '0.000002', isTest: false },
    { kind: 'prepaid', name: 'venice', place: 'from Base', problem: 'It could not be read', isTest: false }
  ])
})

it('is a table of what is held, in which the unknown is never zero', () => {
  const page = renderToString(h(Balances, { balances: { rows, note: 'A note.' }, onRead: () => {} }))
  for (const words of [
    '1.5',
    '0.1 ETH',
    'test money',
    'prepaid balance',
    'No endpoint answers.',
    'A note.',
    'Read again'
  ])
    expect(page).toContain(words)
  expect(renderToString(h(Balances, { balances: undefined }))).toContain('Asking the chains')
  expect(renderToString(h(Balances, { balances: { rows: [], note: '' } }))).not.toContain('<table')
})
