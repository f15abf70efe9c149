import type { Clock } from '@bursar/core'
import { RequestProblem } from '@bursar/local-server'
import type { CallRequest } from '../call-request.js'
import { paidFailure } from './paid-failure.js'
import { Recording } from './recording.js'
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

/** An answer that is kept. */
interface Entry {
  readonly recording: Recording
  readonly bodyHash: string
  readonly isStream: boolean
  /** The `Idempotency-Key` of the request that began it. */
  readonly key: string | undefined
  /** Whether it failed after it was paid. */
  hasFailed: boolean
  /** When it was complete. */
  endedAtMs: number | undefined
  /** How many are reading it. */
  readers: number
  /** Whether anybody was sent the whole of it. */
  delivered: boolean
}

/** Bytes of all answers that are kept. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

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
 * Requests are equal when their JSON values are, whether or not they are to be streamed. Other failures are not kept: the
 * same request again resumes what was signed, by the ledger's rule.
 */
export class SharedAnswers {
  /** By request, oldest first, because one request may be made more than once. */
  readonly #entries = new Map<string, Entry[]>()
  readonly #clock: Clock
  readonly #keepMs: number

  /** @param keepMs how long a complete answer is kept. */
  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock
    this.#keepMs = keepMs
  }

  /**
   * The answer that a request shares, or a new one.
   *
   * @param fill fills a new answer. It goes on when nobody reads any more, because the answer may be paid for.
   * @throws {RequestProblem} 422 when the key was used with another body.
   */
  share(request: CallRequest, fill: (recording: Recording) => Promise<void>): SharedAnswer {
    this.#forgetOld()
    const bodyHash = requestHash(request)
    const failed = this.#findFailed(request, bodyHash)
    if (failed) return readerOf(failed, request, true)
    const name = nameOf(request, bodyHash)
    const entries = this.#entries.get(name) ?? []
    if (entries.some((entry) => entry.bodyHash !== bodyHash)) throw keyReused()
    const shared = findShared(entries, request)
    if (shared) return readerOf(shared, request, true)
    const entry = newEntry(bodyHash, request)
    this.#entries.set(name, [...entries, entry])
    this.#fill(name, entry, fill)
    return readerOf(entry, request, false)
  }

  #fill(name: string, entry: Entry, fill: (recording: Recording) => Promise<void>): void {
    fill(entry.recording).then(
      () => {
        entry.endedAtMs = this.#clock.nowMs()
        entry.recording.end()
      },
      (thrown: unknown) => {
        const failure = paidFailure(thrown, entry.recording.costs)
        entry.hasFailed = failure !== undefined
        if (failure) entry.endedAtMs = this.#clock.nowMs()
        else this.#remove(name, entry)
        entry.recording.end(failure ?? thrown)
      }
    )
  }

  /** A failure that was paid, of this agent's equal request without a key or with this one. */
  #findFailed({ agent, key }: CallRequest, bodyHash: string): Entry | undefined {
    const own = [...this.#entries]
      .filter(([name]) => name.startsWith(`${agent}\n`))
      .flatMap(([, each]) => each)
    return own.find((entry) => entry.hasFailed && entry.bodyHash === bodyHash && (!key || key === entry.key))
  }

  /** Forgets what is too old or too much. Where there is too much, what nobody was sent yet goes last. */
  #forgetOld(): void {
    const untilMs = this.#clock.nowMs() - this.#keepMs
    const idle = this.#idle()
    let bytes = idle.reduce((sum, { entry }) => sum + entry.recording.byteLength, 0)
    for (const { name, entry } of idle) {
      if ((entry.endedAtMs ?? 0) > untilMs && bytes <= MAX_KEPT_BYTES) continue
      this.#remove(name, entry)
      bytes -= entry.recording.byteLength
    }
  }

  /** Complete answers that nobody is reading. An answer in flight is never forgotten: it may be paid for. */
  #idle(): { readonly name: string; readonly entry: Entry }[] {
    const all = [...this.#entries].flatMap(([name, entries]) => entries.map((entry) => ({ name, entry })))
    return all
      .filter(({ entry }) => entry.readers === 0 && entry.endedAtMs !== undefined)
      .sort((a, b) => Number(b.entry.delivered) - Number(a.entry.delivered))
  }

  #remove(name: string, entry: Entry): void {
    const others = (this.#entries.get(name) ?? []).filter((each) => each !== entry)
    if (others.length === 0) this.#entries.delete(name)
    else this.#entries.set(name, others)
  }
}

function nameOf({ agent, key }: CallRequest, bodyHash: string): string {
  return `${agent}\n${key === undefined ? bodyHash : `key ${key}`}`
}

/** An abandoned answer comes first. Who repeats a request, or names it, shares the earlier request in any case. */
function findShared(entries: readonly Entry[], { key, isRetry }: CallRequest): Entry | undefined {
  const abandoned = entries.find(({ readers, delivered }) => readers === 0 && !delivered)
  return abandoned ?? (key !== undefined || isRetry ? entries.at(-1) : undefined)
}

function newEntry(bodyHash: string, { key, body }: CallRequest): Entry {
  return {
    recording: new Recording(),
    bodyHash,
    isStream: body.stream === true,
    key,
    hasFailed: false,
    endedAtMs: undefined,
    readers: 0,
    delivered: false
  }
}

function readerOf(entry: Entry, { body }: CallRequest, isRepeat: boolean): SharedAnswer {
  entry.readers++
  return {
    recording: entry.recording,
    isRepeat,
    isOtherForm: entry.isStream !== (body.stream === true),
    leave(delivered) {
      entry.readers--
      if (delivered) entry.delivered = true
    }
  }
}

function keyReused(): RequestProblem {
  return new RequestProblem({
    status: 422,
    code: 'idempotency_key_reused',
    message: 'The idempotency key was used for another request. Nothing was paid for this one'
  })
}
