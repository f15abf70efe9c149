import { type Clock, systemClock } from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { HEARTBEAT_MS } from '../../rules/liveness.js'
import { whilePatient } from '../../session/patience.js'
import type {
  QueuedJob,
  SessionDriver,
  SessionNote,
  SessionTransaction
} from '../../session/session-driver.js'
import type { TransactionHooks } from '../../session/transaction-hooks.js'
import type { Step } from '../../steps/step.js'
import { type NamedStep, steps } from '../../steps/steps.js'
import type { Reads } from '../../steps/transaction.js'
import { randomId } from '../random-id.js'
import { decode, encode } from '../wire.js'
import type { LedgerAnswer, LedgerRequest } from './messages.js'

/** Sends a message to the object, and returns its answer. */
export type Exchange = (body: string) => Promise<Response>

/** How the object is reached. */
export interface ObjectAccess {
  readonly exchange: Exchange
  /** What the ledger goes by. Absent: the object's own. */
  readonly clock: Clock | undefined
}

/** How long a caller waits at most. */
const TIMEOUT_MS = 10_000
/** How long events that no caller waits for wait for a message that a caller needs. */
const PENDING_WAIT_MS = 1_000
const PENDING_RETRY_MS = 250

/** Has the steps of one session run in the object. Every message brings what has happened and is not written yet. */
export class ObjectDriver implements SessionDriver {
  readonly writesAtExit = false
  readonly #access: ObjectAccess
  readonly #hooks: TransactionHooks
  readonly #session = randomId()
  /** By how much the object's clock is ahead of this machine's. */
  #aheadMs = 0
  /** When this session sends its next message by itself. */
  #nextMs = 0
  /** How many messages of this session write. */
  #number = 0
  /** Those that nobody waits for any more, or that were not answered: they may still be on their way. */
  readonly #givenUp = new Set<number>()

  constructor(access: ObjectAccess, hooks: TransactionHooks) {
    this.#access = access
    this.#hooks = hooks
  }

  nowMs(): number {
    return this.#access.clock?.nowMs() ?? Date.now() + this.#aheadMs
  }

  push<Value>(step: (store: SessionTransaction) => Step<Value>): QueuedJob<Value> {
    const number = ++this.#number
    return { done: this.#write(step, 'working', number), abandon: () => void this.#givenUp.add(number) }
  }

  async read<Value>(step: (store: Reads) => Step<Value>): Promise<Value> {
    return (await this.#ask<Value>({ step: nameOf(step) })).value
  }

  flush(): boolean {
    return !this.#hooks.isPending('all')
  }

  soon(waitMs = PENDING_WAIT_MS): void {
    const nowMs = Date.now()
    // A Worker's timers end with the request that has set them: one that is overdue will not come.
    if (this.#nextMs > nowMs && this.#nextMs <= nowMs + waitMs) return
    this.#nextMs = nowMs + waitMs
    const writeSoon = async (): Promise<void> => {
      await systemClock.sleep(waitMs, undefined, { keepsAlive: false })
      if (this.#hooks.isBusy) await this.#write(steps.nothing(), 'working')
    }
    writeSoon().catch(() => this.soon(PENDING_RETRY_MS))
  }

  async close(): Promise<void> {
    await this.#write(steps.nothing(), 'ended').catch(() => {})
  }

  async #write<Value>(
    step: (store: SessionTransaction) => Step<Value>,
    note: SessionNote,
    number = ++this.#number
  ): Promise<Value> {
    const batch = this.#hooks.pending()
    const changes = batch.changes.map(({ id, events }) => ({ id, events }))
    const givenUp = [...this.#givenUp]
    const writes = { number, givenUp, changes, undone: batch.undone, note }
    const asking = this.#ask<Value>({ step: nameOf(step), writes })
    const { value, changed, nowMs } = await asking.catch((error: unknown) => {
      this.#givenUp.add(number)
      throw error
    })
    // What was written for a caller who has given up is undone, and open for nobody.
    this.#hooks.held({ batch, heartbeatAtMs: nowMs }, this.#givenUp.has(number) ? [] : changed)
    for (const each of givenUp) this.#givenUp.delete(each)
    if (note === 'working' && this.#hooks.isBusy) this.soon(HEARTBEAT_MS)
    return value
  }

  async #ask<Value>(
    request: Pick<LedgerRequest, 'step' | 'writes'>
  ): Promise<Omit<LedgerAnswer, 'value'> & { readonly value: Value }> {
    const { exchange, clock } = this.#access
    const body = encode({ ...request, session: this.#session, nowMs: clock?.nowMs() })
    const patience = { clock: systemClock, timeoutMs: TIMEOUT_MS }
    const answer = await whilePatient(patience, exchangeOrFail(exchange, body), () => {})
    this.#aheadMs = answer.nowMs - Date.now()
    return answer as Omit<LedgerAnswer, 'value'> & { readonly value: Value }
  }
}

/** @throws {BursarError} `ledger/unavailable` */
async function exchangeOrFail(exchange: Exchange, body: string): Promise<LedgerAnswer> {
  try {
    const response = await exchange(body)
    if (response.ok) return decode(await response.text()) as LedgerAnswer
    throw new TypeError(`status ${response.status}`)
  } catch (error) {
    throw unavailableError('its Durable Object does not answer', error)
  }
}

function nameOf(step: object): NamedStep<never, unknown>['step'] {
  if ('step' in step) return (step as NamedStep<never, unknown>).step
  throw new TypeError('A step without a name cannot be run in an object')
}
