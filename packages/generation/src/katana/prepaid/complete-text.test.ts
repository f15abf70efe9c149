import {
  type AtomicUsdc,
  atomicUsdc,
  BursarError,
  type BursarParts,
  bursarParts,
  type Clock,
  type HasBursarParts,
  type Purchase,
  systemClock
} from '@bursar/core'
import { describe, expect, it } from 'vitest'
import type { CallOptions } from '../call-options.js'
import type { ChatUsage } from '../chat-completion.js'
import { completeText, type TextPayer } from './complete-text.js'

const body = { model: 'qwen3-6-flash', messages: [{ role: 'user', content: 'Hi' }] } as const
const insufficient = new BursarError('balance/insufficient', {
  message: 'It falls short.',
  context: { service: 'katana', origin: 'https://a.example', network: 'eip155:8453', reason: 'it is empty' },
  moneyState: 'none'
})

interface Situation {
  readonly left?: () => Promise<AtomicUsdc>
  /** What the text can cost at most. */
  readonly maxCost?: bigint | undefined
  readonly history?: readonly Partial<Purchase>[]
  readonly usage?: ChatUsage
  /** What a call from the balance is rejected with. */
  readonly rejection?: Error
}

/** A client whose calls are written down, and the queries of its ledger. */
function payerIn({ left, history = [], usage, rejection, ...more }: Situation) {
  const maxCost = 'maxCost' in more ? more.maxCost : 50_000n
  const calls: CallOptions[] = []
  const queries: unknown[] = []
  const ledger: Pick<BursarParts['ledger'], 'history'> = {
    async *history(query) {
      queries.push(query)
      yield* history as readonly Purchase[]
    }
  }
  const clock: Clock = { ...systemClock, nowMs: () => 1_000_000 }
  const parts = { ledger, clock } as BursarParts
  const bursar: HasBursarParts = { [bursarParts]: () => parts }
  const payer: TextPayer = {
    bursar,
    katana: {
      balance: { origin: 'https://a.example:8402', balance: left ?? (async () => atomicUsdc(50_000n)) },
      estimate: () =>
        maxCost === undefined
          ? undefined
          : { credits: '1', creditsTenths: 10n, usd: '1', usdAtomic: maxCost, basis: 'reserve' },
      chat: {
        completions: {
          async create(_, options) {
            calls.push(options)
            if (rejection && options.billing === 'wallet') throw rejection
            return { choices: [], ...(usage ? { usage } : {}) }
          }
        }
      }
    }
  }
  return { payer, calls, queries }
}

describe('P15: a text', () => {
  it.each<[string, Situation, string]>([
    ['whose most the balance holds is paid from it', {}, 'wallet'],
    ['that can cost an atom more than the balance holds is paid directly', { maxCost: 50_001n }, 'direct'],
    ['of a model without a price is paid directly', { maxCost: undefined }, 'direct'],
    ['is paid directly where no balance can be read', { left: () => Promise.reject(insufficient) }, 'direct']
  ])('%s', async (_, situation, billing) => {
    const { payer, calls } = payerIn(situation)
    expect(await completeText(payer, body)).toMatchObject({ billing })
    expect(calls).toEqual([{ billing }])
  })

  it('that the balance no longer suffices for, since another call used it up, is paid directly', async () => {
    const { payer, calls } = payerIn({ rejection: insufficient })
    expect(await completeText(payer, body, { fetchOptions: { a: 1 } })).toMatchObject({ billing: 'direct' })
    expect(calls).toEqual([
      { billing: 'wallet', fetchOptions: { a: 1 } },
      { billing: 'direct', fetchOptions: { a: 1 } }
    ])
  })

  it('is never bought again after an outcome from the balance that nobody knows', async () => {
    const lost = new BursarError('service/unreachable', {
      message: 'It was not answered.',
      context: { service: 'katana', operation: 'call' },
      moneyState: 'unknown'
    })
    const { payer, calls } = payerIn({ rejection: lost })
    await expect(completeText(payer, body)).rejects.toBe(lost)
    expect(calls).toHaveLength(1)
  })

  it('goes from the balance alone, or directly, where that is requested, and nothing is looked at', async () => {
    const left = () => expect.unreachable()
    for (const billing of ['wallet', 'direct', 'key'] as const) {
      const { payer, calls, queries } = payerIn({ left })
      expect(await completeText(payer, body, { billing })).toMatchObject({ billing })
      expect([calls, queries]).toEqual([[{ billing }], []])
    }
    const { payer, calls } = payerIn({ rejection: insufficient })
    await expect(completeText(payer, body, { billing: 'wallet' })).rejects.toBe(insufficient)
    expect(calls).toHaveLength(1)
  })

  it('does not hide a fault of ours when the balance is read', async () => {
    const { payer, calls } = payerIn({ left: () => Promise.reject(new RangeError('a fault of ours')) })
    await expect(completeText(payer, body)).rejects.toThrow('a fault of ours')
    expect(calls).toEqual([])
  })
})

describe('while a text that was paid directly has no answer', () => {
  const path = '/v1/chat/completions'
  it.each<[Partial<Purchase>, string]>([
    [{ call: 'failed', state: 'settled', path }, 'direct'],
    [{ call: 'failed', state: 'sent', path }, 'direct'],
    [{ call: 'failed', state: 'signed', path }, 'direct'],
    [{ call: 'failed', state: 'dead', path }, 'wallet'],
    [{ call: 'failed', state: 'released', path }, 'wallet'],
    [{ call: 'open', state: 'sent', path }, 'wallet'],
    [{ call: 'answered', state: 'settled', path }, 'wallet'],
    [{ call: 'failed', state: 'settled', path: '/v1/images/generations' }, 'wallet']
  ])('%# %o: the same text is had for that payment', async (purchase, billing) => {
    const { payer, queries } = payerIn({ history: [purchase] })
    expect(await completeText(payer, body)).toMatchObject({ billing })
    expect(queries).toEqual([{ fromMs: 100_000, host: 'a.example:8402' }])
  })
})

describe('what the service says of the balance', () => {
  it.each<[ChatUsage | undefined, object]>([
    [
      { imgnai: { paid_usdc: '0.00052', wallet_balance_after_usdc: 0.99948 } },
      { paid: '0.00052', left: '0.99948' }
    ],
    [{ imgnai: { paid_usdc: '-1\u001b[2J', wallet_balance_after_usdc: '1e9' } }, {}],
    [{ imgnai: {} }, {}],
    [undefined, {}]
  ])('%# %o is passed on as far as it is a decimal', async (usage, fromBalance) => {
    const { payer } = payerIn(usage ? { usage } : {})
    expect(await completeText(payer, body)).toMatchObject({ fromBalance })
    expect((await completeText(payer, body, { billing: 'direct' })).fromBalance).toBeUndefined()
  })
})
