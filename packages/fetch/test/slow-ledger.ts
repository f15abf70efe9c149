import { setTimeout as sleep } from 'node:timers/promises'
import type { Ledger } from '@bursar/core'

/** A ledger that takes its time to write that a call has failed. */
export function slowly(inner: Ledger): Ledger {
  return {
    ...inner,
    async recordEvent(id, event) {
      if (event.type === 'failed') await sleep(50)
      return inner.recordEvent(id, event)
    }
  }
}
