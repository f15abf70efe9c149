import { memoryLedger } from '@bursar/ledger'
import { onTestFinished } from 'vitest'
import { type Bursar, type BursarEvent, createPayingFetch, type PayingFetchOptions } from '../src/index.js'
import { RecordingPayer } from './recording-payer.js'

/** A paying fetch over a {@link RecordingPayer}, closed when the test ends. */
export function paying(options: Partial<PayingFetchOptions> = {}): {
  bursar: Bursar
  payer: RecordingPayer
  events: BursarEvent[]
} {
  const payer = new RecordingPayer()
  const bursar = createPayingFetch({
    payers: [payer],
    ledger: memoryLedger(),
    limits: { payment: '0.05', total: '1' },
    resend: { times: 2, backoffMs: 1 },
    ...options
  })
  const events: BursarEvent[] = []
  bursar.on('*', (event) => events.push(event))
  onTestFinished(() => bursar.close())
  return { bursar, payer, events }
}

/** Awaits a rejection and returns it. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new TypeError('It did not reject')
    },
    (error: unknown) => error
  )
}
