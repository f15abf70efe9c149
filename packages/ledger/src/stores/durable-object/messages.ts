import type { Purchase } from '@bursar/core'
import type { SessionNote } from '../../session/session-driver.js'
import type { PendingChange, Undone } from '../../steps/replay-step.js'
import type { NamedStep } from '../../steps/steps.js'

/** What a session asks of the object. */
export interface LedgerRequest {
  readonly session: string
  /** By the caller's own clock, where it has one. Absent: the object's. */
  readonly nowMs?: number | undefined
  readonly step: NamedStep<never, unknown>['step']
  /** Absent: the step writes nothing. */
  readonly writes?:
    | {
        /** Counts the session's messages that write. */
        readonly number: number
        /** Earlier ones that nobody waits for any more, and that are not to be done if they are still to come. */
        readonly givenUp: readonly number[]
        readonly changes: readonly Pick<PendingChange, 'id' | 'events'>[]
        readonly undone: readonly Undone[]
        readonly note: SessionNote
      }
    | undefined
}

/** What the object answers. */
export interface LedgerAnswer {
  readonly nowMs: number
  readonly value: unknown
  /** The purchases that were written and that are open in the session, or were. */
  readonly changed: readonly Purchase[]
}
