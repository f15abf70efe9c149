import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something holds, for two minutes at most. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 120_000
  while (!(await holds())) {
    assert.ok(performance.now() < deadlineMs, `It did not come to this within two minutes: ${what}`)
    await sleep(50)
  }
}
