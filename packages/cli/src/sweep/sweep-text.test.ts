import type { SweepPlan } from '@bursar/core'
import { expect, it } from 'vitest'
import { payment } from '../../test/settled-change.js'
import type { MoveOutcome } from './sweep-move.js'
import { moveJson, moveText, previewText } from './sweep-text.js'

const base: SweepPlan = {
  network: 'eip155:8453',
  asset: { network: 'eip155:8453', address: '0xa', symbol: 'USDC', decimals: 6, currency: 'USD' },
  from: '0xf',
  to: '0xt',
  amountAtomic: 5_000_000n,
  feePayer: '0xf',
  maxFee: 1_000_000_000_000n,
  neededForFee: 1_000_000_000_000n,
  heldForFee: 0n,
  createsAccount: false
}
const solana: SweepPlan = {
  ...base,
  network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
  asset: undefined,
  feePayer: 'gas',
  maxFee: 5_000n,
  neededForFee: 2_044_280n,
  createsAccount: true
}

it('shows what moves, from and to whom, what the network may take, what lacks gas, and what is still out', () => {
  const shown = 'Base: 5 USDC\n  from 0xf\n  to   0xt\n  fee  at most 0.000001 ETH\n'
  expect(previewText([{ ...base, heldForFee: base.neededForFee }], [])).toBe(shown)
  expect(previewText([base], [])).toBe(`${shown}  gas  0xf has 0 ETH: it cannot move\n`)
  expect(previewText([solana], [])).toContain(
    'about 0.005 SOL\n  from 0xf\n  to   0xt\n  fee  at most 0.000005 SOL, paid by gas, and 0.00203928 SOL to hold for a new account\n'
  )
  expect(previewText([{ ...base, amountAtomic: 0n }], [payment])).toBe(
    'Base: no USDC to move\n' +
      'Still out, and may be taken while the wallet holds money (bursar recover asks the chain):\n' +
      '  0.01 USDC to https://a.example, p1\n'
  )
})

it.each<[outcome: MoveOutcome, words: string]>([
  [{ status: 'moved' }, 'Moved 5 USDC on Base: 0x1\n'],
  [{ status: 'empty' }, 'There is no USDC to move on Base.\n'],
  [
    { status: 'unknown' },
    '5 USDC on Base may have moved, or may still: 0x1\nNo node says so far. The same command'
  ],
  [{ status: 'unknown', reason: 'It is late' }, 'It is late. The same command asks again'],
  [{ status: 'failed', reason: 'it is paused' }, '5 USDC on Base did not move: it is paused. 0x1\n'],
  [
    { status: 'unfunded' },
    '0xf has 0 ETH, and up to 0.000001 ETH is needed for gas.\nSend 0.000001 ETH to it'
  ]
])('says of %j what became of the money', (outcome, words) => {
  const move = { plan: base, outcome, transaction: '0x1' }
  expect(moveText(move)).toContain(words)
  const reason = 'reason' in outcome ? outcome.reason : null
  expect(moveJson(move)).toMatchObject({ symbol: 'USDC', amount: '5', status: outcome.status, reason })
})

it('names the coin that failed to move where no amount was planned, and no transaction where none was signed', () => {
  const plan = { ...base, amountAtomic: 0n }
  const move = { plan, outcome: { status: 'failed', reason: 'no node answers' } } as const
  expect(moveText(move)).toBe('USDC on Base did not move: no node answers.\n')
  expect(moveJson(move)).toMatchObject({ amount: '0', transaction: null })
})
