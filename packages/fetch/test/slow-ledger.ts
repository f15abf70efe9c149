import { setTimeout as sleep } from 'node:timers/promises'
import { BursarError, type Ledger } from '@bursar/core'

/** A ledger that is slow to write that a call has failed. Until then it resumes nothing. */
export function slowly(inner: Ledger): Ledger {
  const writing = new Set<Promise<unknown>>()
  return {
    ...inner,
    recordEvent(id, event) {
      if (event.type !== 'failed') return inner.recordEvent(id, event)
      const written = sleep(50).then(() => inner.recordEvent(id, event))
      writing.add(written)
      return written
    },
    async resume(query, options) {
      await Promise.allSettled(writing)
      return inner.resume(query, options)
    }
  }
}

/** A ledger that cannot write that a call has failed, so many times. It tries again before it resumes anything. */
export function failingTimes(inner: Ledger, times: number): Ledger {
  const unwritten = new Set<string>()
  let failures = times
  const write: Ledger['recordEvent'] = async (id, event, options) => {
    if (event.type === 'failed' && failures-- > 0) {
      unwritten.add(id)
      throw new BursarError('ledger/unavailable', {
        message: 'Another program holds its file locked.',
        context: { reason: 'another program holds its file locked' },
        moneyState: 'none'
      })
    }
    unwritten.delete(id)
    return inner.recordEvent(id, event, options)
  }
  return {
    ...inner,
    recordEvent: write,
    async resume(query, options) {
      for (const id of unwritten) await write(id, { type: 'failed' })
      return inner.resume(query, options)
    }
  }
}
