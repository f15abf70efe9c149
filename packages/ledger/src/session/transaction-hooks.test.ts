import { expect, it } from 'vitest'
import { MemoryTransaction } from '../../test/scripted-database.js'
import { HEARTBEAT_MS } from '../rules/liveness.js'
import { runNow } from '../steps/step.js'
import type { SessionNote, SessionTransaction } from './session-driver.js'
import { TransactionHooks } from './transaction-hooks.js'
import { WriteBehindBuffer } from './write-behind-buffer.js'

/** Commits an empty transaction at a time, and returns what it noted of its session. */
function commitAt(hooks: TransactionHooks, nowMs: number): readonly SessionNote[] {
  const store = new MemoryTransaction(0, nowMs)
  hooks.held(runNow(hooks.begin(store as unknown as SessionTransaction, 'due')), [])
  return store.notes
}

it('a heartbeat is written when it is due, and also when the clock was set back', () => {
  const hooks = new TransactionHooks(new WriteBehindBuffer())
  const times = [1_000, 1_000 + HEARTBEAT_MS - 1, 1_000 + HEARTBEAT_MS, 500, 501]
  const notes = times.map((nowMs) => commitAt(hooks, nowMs))
  expect(notes).toEqual([['working'], [], ['working'], ['working'], []])
})
