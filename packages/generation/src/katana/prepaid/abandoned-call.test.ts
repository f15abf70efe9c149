import type { Clock, Ledger, Purchase, SeenSession } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { hasUnansweredText } from './unanswered-text.js'

type Call = Purchase['call']

/** A ledger with one text that was paid directly, and a clock that goes on as it is waited for. */
function openTexts(
  call: (waitedMs: number) => Call,
  heartbeatAtMs: (waitedMs: number) => number | undefined
) {
  let waitedMs = 0
  const clock: Clock = {
    nowMs: () => 1_000_000 + waitedMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      waitedMs += ms
    }
  }
  const text = () =>
    ({
      kind: 'payment',
      id: 't',
      state: 'settled',
      path: '/v1/chat/completions',
      call: call(waitedMs)
    }) as Purchase
  const ledger: Pick<Ledger, 'history' | 'find' | 'look' | 'outstanding' | 'undelivered' | 'status'> = {
    status: async () => ({ unwritten: 0 }),
    outstanding: async () => [],
    undelivered: async () => [],
    async *history() {
      yield { ...text(), call: 'open' } as Purchase
    },
    find: async () => text(),
    async look({ look }) {
      const at = heartbeatAtMs(waitedMs)
      const seen = { heartbeatAtMs: at ?? 0, sinceMs: 0, isRenewed: false }
      const sessions: Record<string, SeenSession> = at === undefined ? {} : { other: seen }
      return { look: { newest: 0, ...look, sessions } }
    }
  }
  const resolve = async (purchase: Purchase) => purchase
  const parts = { ledger: ledger as Ledger, clock, resumableMs: 3_600_000, resolve }
  return {
    isOwed: (signal?: AbortSignal) => hasUnansweredText(parts, 'https://kat.imgnai.com', signal),
    waitedMs: () => waitedMs
  }
}

describe('M1, M44: a text that was paid directly and that the ledger has open', () => {
  it('is not owed where this process has it open, so that texts at once are paid from the balance', async () => {
    const { isOwed, waitedMs } = openTexts(
      () => 'open',
      () => undefined
    )
    expect([await isOwed(), waitedMs()]).toEqual([false, 0])
  })

  it('is owed at once where its process was killed', async () => {
    const { isOwed, waitedMs } = openTexts(
      () => 'failed',
      () => 5
    )
    expect([await isOwed(), waitedMs()]).toEqual([true, 0])
  })

  it('is owed once another machine’s process has been silent for ten seconds, also where its clock is ahead', async () => {
    const { isOwed, waitedMs } = openTexts(
      () => 'open',
      () => 9_000_000
    )
    expect([await isOwed(), waitedMs()]).toEqual([true, 10_000])
  })

  it('is not owed once another process has shown twice that it works', async () => {
    const { isOwed, waitedMs } = openTexts(
      () => 'open',
      (ms) => Math.floor(ms / 2_000)
    )
    expect([await isOwed(), waitedMs()]).toEqual([false, 4_000])
  })

  it('is owed where it had failed before a heartbeat that came with an earlier transaction', async () => {
    const { isOwed } = openTexts(
      (ms) => (ms < 1_000 ? 'open' : 'failed'),
      (ms) => (ms < 500 ? 1 : 2)
    )
    expect(await isOwed()).toBe(true)
  })

  it.each([
    ['answered', false],
    ['failed', true]
  ] as const)('that is %s while it is waited for is owed: %s', async (end, isIt) => {
    const { isOwed } = openTexts(
      (ms) => (ms < 1_000 ? 'open' : end),
      () => 1
    )
    expect(await isOwed()).toBe(isIt)
  })

  it('is waited for no longer by a caller who gives up', async () => {
    const { isOwed } = openTexts(
      () => 'open',
      () => 1
    )
    await expect(isOwed(AbortSignal.abort(new Error('changed my mind')))).rejects.toThrow('changed my mind')
  })
})
