import type { CallRecord, Outcome } from './call-record.js'

/** A call that is under way in this process, or has ended and waits for somebody who is given its result. */
export interface OpenCall {
  /** As it is now. */
  record(): CallRecord
  /** Never rejects: a failure is an outcome too. */
  readonly ended: Promise<Outcome>
  /** Resolves when the call has ended, or with `undefined` when its job can be asked about. */
  readonly hasJob: Promise<Outcome | undefined>
}

/** A call that has ended. */
export function endedCall(record: CallRecord, outcome: Outcome): OpenCall {
  const ended = Promise.resolve(outcome)
  return { record: () => record, ended, hasJob: ended }
}
