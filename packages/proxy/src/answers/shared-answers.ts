import type { Clock } from '@bursar/core'
import { RequestProblem } from '@bursar/local-server'
import type { CallRequest } from '../call-request.js'
import { type Entry, mayHaveLeft, newEntry } from './entry.js'
import { IdleAnswers } from './idle-answers.js'
import { type Connection, LastAnswers } from './last-answers.js'
import { paidFailure } from './paid-failure.js'
import type { Recording } from './recording.js'
import { requestHash } from './request-identity.js'

/** An answer, as one reader has it. */
export interface SharedAnswer {
  readonly recording: Recording
  /** Whether another request has begun it. */
  readonly isRepeat: boolean
  /** Whether it is recorded as a stream and asked for whole, or the other way round. */
  readonly isOtherForm: boolean
  /** Says, once, that the reader is done, and whether it was sent the whole answer. */
  leave(delivered: boolean): void
}

/** Bytes of all answers that are kept. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

/** How long it may take until it is noticed that a client has left, which asks again at once. */
const LEAVING_MS = 5

/**
 * Answers that more than one request may share, so that repeating a request does not pay twice:
 *
 * - Requests with one `Idempotency-Key` share one answer, in flight or complete, as long as answers are kept. Another
 *   body under the same key is rejected.
 * - A request that says it is a retry shares the answer of the equal request before it.
 * - An equal request shares the answer of one whose client left before it had the whole answer.
 * - A failure that was paid is told again to every equal request, unless that brings a new `Idempotency-Key`: no client
 *   can be asked not to repeat it, and most do.
 * - Any other equal request is a purchase of its own: asking the same twice may be meant.
 *
 * Requests are equal when their JSON values are, and the headers that a service is handed, whether or not they are to be
 * streamed. Other failures are not kept: the same request again resumes what was signed, by the ledger's rule.
 */
export class SharedAnswers {
  /** By request, oldest first, because one request may be made more than once. */
  readonly #entries = new Map<string, Entry[]>()
  /** What failed after it was paid, by agent and body. */
  readonly #failed = new Map<string, Entry[]>()
  readonly #idle = new IdleAnswers<Entry>()
  readonly #last = new LastAnswers()
  readonly #hashes = new WeakMap<CallRequest, string>()
  readonly #clock: Clock
  readonly #keepMs: number

  /** @param keepMs how long a complete answer is kept. */
  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock
    this.#keepMs = keepMs
  }

  /** Waits a moment where an equal request is being answered, or was with much: its client may have left just now. */
  async untilLeft(request: CallRequest): Promise<void> {
    const entries = this.#entries.get(nameOf(request, this.#hashOf(request))) ?? []
    if (entries.some(mayHaveLeft)) await this.#clock.sleep(LEAVING_MS)
  }

  /**
   * The answer that a request shares, or a new one.
   *
   * @param fill fills a new answer. It goes on when nobody reads any more, because the answer may be paid for.
   * @param connection over which the reader is sent it. Default: what is sent counts as read.
   * @throws {RequestProblem} 422 when the key was used with another body.
   */
  share(
    request: CallRequest,
    fill: (recording: Recording) => Promise<void>,
    connection?: Connection
  ): SharedAnswer {
    if (connection) this.#last.forget(connection)
    const bodyHash = this.#hashOf(request)
    const name = nameOf(request, bodyHash)
    this.#forgetOld(name, failedName(request.agent, bodyHash))
    const failed = this.#findFailed(request, bodyHash)
    if (failed) return this.#read(failed, request, { isRepeat: true, connection })
    const entries = this.#entries.get(name) ?? []
    if (entries.some((entry) => entry.bodyHash !== bodyHash)) throw keyReused()
    const shared = findShared(entries, request)
    if (shared) return this.#read(shared, request, { isRepeat: true, connection })
    this.#forgetReplaced(entries)
    const entry = newEntry({ name, bodyHash, key: request.key, isStream: isStreamed(request) })
    addTo(this.#entries, name, entry)
    this.#fill(entry, request.agent, fill)
    return this.#read(entry, request, { isRepeat: false, connection })
  }

  #hashOf(request: CallRequest): string {
    const hash = this.#hashes.get(request) ?? requestHash(request)
    this.#hashes.set(request, hash)
    return hash
  }

  #fill(entry: Entry, agent: string, fill: (recording: Recording) => Promise<void>): void {
    fill(entry.recording).then(
      () => {
        if (entry.recording.isFreeFailure) this.#remove(entry)
        else this.#keep(entry)
        entry.recording.end()
      },
      (thrown: unknown) => {
        const failure = paidFailure(thrown, entry.recording.costs)
        if (failure) {
          entry.failedName = failedName(agent, entry.bodyHash)
          addTo(this.#failed, entry.failedName, entry)
          this.#keep(entry)
        } else this.#remove(entry)
        entry.recording.end(failure ?? thrown)
      }
    )
  }

  /** Keeps a complete answer. An answer in flight is never forgotten: it may be paid for. */
  #keep(entry: Entry): void {
    entry.endedAtMs = this.#clock.nowMs()
    if (entry.readers === 0) this.#idle.add(entry)
  }

  /** A failure that was paid, of this agent's equal request without a key or with this one. */
  #findFailed({ agent, key }: CallRequest, bodyHash: string): Entry | undefined {
    const failed = this.#failed.get(failedName(agent, bodyHash)) ?? []
    return failed.find((entry) => !key || key === entry.key)
  }

  /** Forgets what is too old or too much. What was read again late is not in the order of its end: it is looked at by name. */
  #forgetOld(name: string, failedName: string): void {
    const untilMs = this.#clock.nowMs() - this.#keepMs
    const isOld = ({ readers, endedAtMs }: Entry) => readers === 0 && (endedAtMs ?? untilMs + 1) <= untilMs
    const named = [...(this.#entries.get(name) ?? []), ...(this.#failed.get(failedName) ?? [])].filter(isOld)
    for (const entry of named) this.#idle.remove(entry)
    const surplus = this.#idle.removeSurplus(untilMs, MAX_KEPT_BYTES)
    for (const entry of [...named, ...surplus]) this.#remove(entry)
  }

  /**
   * Forgets what a newer answer to the same request replaces: nobody shares it any more. So a program that asks the same a
   * thousand times costs no more memory, nor time, than one that asks once. What failed after it was paid is still told.
   */
  #forgetReplaced(entries: readonly Entry[]): void {
    const isReplaced = ({ readers, delivered, endedAtMs, failedName }: Entry): boolean =>
      readers === 0 && delivered && endedAtMs !== undefined && failedName === undefined
    for (const entry of entries.filter(isReplaced)) {
      this.#idle.remove(entry)
      this.#remove(entry)
    }
  }

  /** An answer that was sent was not read after all: the next equal request has it. */
  #takeBack(entry: Entry): void {
    const isIdle = this.#idle.remove(entry)
    entry.delivered = false
    if (isIdle) this.#idle.add(entry)
  }

  #remove(entry: Entry): void {
    removeFrom(this.#entries, entry.name, entry)
    if (entry.failedName !== undefined) removeFrom(this.#failed, entry.failedName, entry)
  }

  #read(entry: Entry, request: CallRequest, { isRepeat, connection }: Reading): SharedAnswer {
    this.#idle.remove(entry)
    entry.readers++
    const leave = (delivered: boolean): void => {
      entry.readers--
      if (delivered && !entry.delivered) {
        entry.delivered = true
        if (connection) this.#last.note(connection, () => this.#takeBack(entry))
      }
      if (entry.readers === 0 && entry.endedAtMs !== undefined) this.#idle.add(entry)
    }
    const isOtherForm = entry.isStream !== isStreamed(request)
    return { recording: entry.recording, isRepeat, isOtherForm, leave }
  }
}

/** How an answer is read. */
interface Reading {
  readonly isRepeat: boolean
  readonly connection: Connection | undefined
}

type Entries = Map<string, Entry[]>

function addTo(entries: Entries, name: string, entry: Entry): void {
  entries.set(name, [...(entries.get(name) ?? []), entry])
}

function removeFrom(entries: Entries, name: string, entry: Entry): void {
  const others = (entries.get(name) ?? []).filter((each) => each !== entry)
  if (others.length === 0) entries.delete(name)
  else entries.set(name, others)
}

function failedName(agent: string, bodyHash: string): string {
  return `${agent}\n${bodyHash}`
}

function nameOf({ agent, key }: CallRequest, bodyHash: string): string {
  return `${agent}\n${key === undefined ? bodyHash : `key ${key}`}`
}

/** An abandoned answer comes first. Who repeats a request, or names it, shares the earlier request in any case. */
function findShared(entries: readonly Entry[], { key, isRetry }: CallRequest): Entry | undefined {
  const abandoned = entries.find(({ readers, delivered }) => readers === 0 && !delivered)
  return abandoned ?? (key !== undefined || isRetry ? entries.at(-1) : undefined)
}

function isStreamed({ body }: CallRequest): boolean {
  return body.stream === true
}

function keyReused(): RequestProblem {
  return new RequestProblem({
    status: 422,
    code: 'idempotency_key_reused',
    message: 'The idempotency key was used for another request. Nothing was paid for this one'
  })
}
