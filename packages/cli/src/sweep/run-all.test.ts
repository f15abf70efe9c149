import type { SignedSweep, Sweeper, SweepOutcome, SweepPlan } from '@bursar/core'
import { describe, expect, test } from 'vitest'
import { runAll } from './run-all.js'
import type { SweepTools } from './run-sweep.js'
import { SweepJournal } from './sweep-journal.js'

const usdc = { symbol: 'USDC', address: '0xusdc', decimals: 6, currency: 'USD' }
const coin: SweepPlan = {
  network: 'eip155:8453',
  from: '0xfrom',
  to: '0xto',
  amountAtomic: 900n,
  feePayer: '0xfrom',
  maxFee: 100n,
  neededForFee: 100n,
  heldForFee: 1000n,
  createsAccount: false
}
const token = { ...coin, asset: usdc } as SweepPlan

/** Tools that sign and send, and what they sent. */
function stage(changes: Partial<Sweeper> = {}, record = async () => undefined) {
  const sent: SweepPlan[] = []
  const kept: string[] = []
  const sign = async (plan: SweepPlan): Promise<SignedSweep> => {
    sent.push(plan)
    return { ...plan, asset: plan.asset?.address, transaction: '0xhash', bytes: '0x', endsAt: 1n }
  }
  const outcome: SweepOutcome = { status: 'landed', atMs: 1 }
  const journal = Object.assign(Object.create(SweepJournal.prototype), {
    keep: async () => kept.push('0xhash'),
    forget: async () => kept.pop()
  })
  const sweeper = { plan: async () => coin, sign, send: async () => outcome, ...changes }
  const tools = { sweeper, journal, ledger: { recordDebit: record } } as unknown as SweepTools
  return { tools, sent, kept }
}

const fail = (words: string) => async () => {
  throw new Error(words)
}

describe('making the transfers that were confirmed', () => {
  test('moves of the coin what the fees before it have left', async () => {
    const left = { ...coin, amountAtomic: 700n, maxFee: 90n }
    const { tools, sent } = stage({ plan: async () => left })
    expect((await runAll(tools, [token, coin])).map(({ outcome }) => outcome.status)).toEqual([
      'moved',
      'moved'
    ])
    expect(sent).toEqual([token, left])
  })

  test('signs nothing of the coin for a fee above the most that was shown', async () => {
    const { tools, sent } = stage({ plan: async () => ({ ...coin, maxFee: 101n }) })
    expect(await runAll(tools, [token, coin])).toMatchObject([
      { outcome: { status: 'moved' } },
      { outcome: { status: 'failed', reason: expect.stringContaining('its fee has risen') } }
    ])
    expect(sent).toEqual([token])
  })

  test('signs nothing of a coin that came when nobody was asked any more', async () => {
    const { tools, sent } = stage()
    const shown = [
      { ...coin, amountAtomic: 0n },
      { ...coin, heldForFee: 0n }
    ]
    expect(await runAll(tools, shown)).toMatchObject([
      { outcome: { status: 'empty' } },
      { outcome: { status: 'unfunded' } }
    ])
    expect(sent).toEqual([])
  })

  test('tells what has moved when a later plan throws, and begins no other', async () => {
    const { tools, sent } = stage({ plan: fail('The disk is full.') })
    expect(await runAll(tools, [token, coin, token])).toMatchObject([
      { outcome: { status: 'moved' }, transaction: '0xhash' },
      { outcome: { status: 'failed', reason: 'The disk is full' } },
      { outcome: { status: 'failed', reason: 'The disk is full' } }
    ])
    expect(sent).toEqual([token])
  })

  test('throws what keeps the first from being made', async () => {
    await expect(runAll(stage({ plan: fail('none') }).tools, [coin])).rejects.toThrow('none')
  })

  test('an error after a transfer was sent leaves it unknown, and in the journal', async () => {
    const { tools, kept } = stage({}, fail('The ledger is locked.'))
    expect(await runAll(tools, [token])).toMatchObject([
      { outcome: { status: 'unknown', reason: 'The ledger is locked' }, transaction: '0xhash' }
    ])
    expect(kept).toEqual(['0xhash'])
  })
})
