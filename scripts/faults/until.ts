import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ledger } from '@bursar/core'

/** Waits until something holds, for two minutes at most. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 120_000
  while (!(await holds())) {
    assert.ok(performance.now() < deadlineMs, `It did not come to this within two minutes: ${what}`)
    await sleep(50)
  }
}

/** Waits until the end of every call is written, and closes the ledger. */
export async function untilAllEnded(ledger: Ledger): Promise<void> {
  await until('the end of every call is written', async () => {
    for await (const { call } of ledger.history()) if (call === 'open') return false
    return true
  })
  await ledger.close()
}
