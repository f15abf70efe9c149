import { createHash } from 'node:crypto'
import type { Clock } from '@bursar/core'
import { ProxyProblem } from '@bursar/local-server'
import { Recording } from './recording.js'

/** A request as it is told apart from others. */
export interface Asked {
  readonly agent: string
  readonly path: string
  readonly body: Uint8Array
  /** The `Idempotency-Key` header. */
  readonly key?: string
  /** Whether the client says that it asks again (`x-stainless-retry-count`). */
  readonly isRetry: boolean
}

interface Kept {
  readonly recording: Recording
  readonly bodyHash: string
  /** When it was whole. */
  endedAtMs: number | undefined
  /** Who waits for it now, and whether anybody was given the whole of it. */
  readers: number
  delivered: boolean
}

const MAX_KEPT_BYTES = 64 * 1024 * 1024

/**
 * Answers that more than one request may be given, so that nobody pays twice for asking again:
 *
 * - Requests with one `Idempotency-Key` share one answer, in flight or given, for as long as answers are kept. Another
 *   body under the same key is refused.
 * - A request that says it is a retry shares the answer of the equal request before.
 * - So does an equal request whose predecessor's client went away before it had the whole answer.
 * - Otherwise an equal request is another purchase: asking the same twice may be meant.
 *
 * Failures are not kept: the same again takes up what was signed, by the ledger's rule.
 */
export class SharedAnswers {
  /** By request, oldest first: the same may be asked for more than once. */
  readonly #kept = new Map<string, Kept[]>()
  readonly #clock: Clock
  readonly #keepMs: number

  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock
    this.#keepMs = keepMs
  }

  /**
   * Gives the answer that a request shares, or begins its own.
   *
   * @param make fills the recording. It goes on when nobody reads any more: it may be paid for.
   * @throws {ProxyProblem} 422 when the key was used with another body.
   */
  take(asked: Asked, make: (recording: Recording) => Promise<void>): SharedAnswer {
    this.#forgetOld()
    const { agent, path, body, key, isRetry } = asked
    const bodyHash = createHash('sha256').update(path).update('\n').update(body).digest('hex')
    const name = `${agent}\n${key === undefined ? bodyHash : `key ${key}`}`
    const before = this.#kept.get(name) ?? []
    if (before.some((kept) => kept.bodyHash !== bodyHash)) throw keyReused()
    const abandoned = before.find(({ readers, delivered }) => readers === 0 && !delivered)
    // Who says that it asks again, or names its request, is given what was asked before, whoever has it now.
    const shared = abandoned ?? (key !== undefined || isRetry ? before.at(-1) : undefined)
    if (shared) return this.#readerOf(shared)
    const kept: Kept = {
      recording: new Recording(),
      bodyHash,
      endedAtMs: undefined,
      readers: 0,
      delivered: false
    }
    this.#kept.set(name, [...before, kept])
    make(kept.recording)
      .then(() => {
        kept.endedAtMs = this.#clock.nowMs()
        kept.recording.end()
      })
      .catch((error: unknown) => {
        this.#drop(name, kept)
        kept.recording.end(error)
      })
    return this.#readerOf(kept)
  }

  #readerOf(kept: Kept): SharedAnswer {
    kept.readers++
    return {
      recording: kept.recording,
      leave(delivered) {
        kept.readers--
        if (delivered) kept.delivered = true
      }
    }
  }

  #forgetOld(): void {
    const untilMs = this.#clock.nowMs() - this.#keepMs
    // What is still coming may be paid for, and is asked for again while it comes.
    const over = [...this.#kept].flatMap(([name, all]) =>
      all
        .filter(({ readers, endedAtMs }) => readers === 0 && endedAtMs !== undefined)
        .map((kept) => ({ name, kept }))
    )
    let bytes = over.reduce((sum, { kept }) => sum + kept.recording.bytes, 0)
    // Where there is no room, what nobody has had yet goes last.
    for (const { name, kept } of over.sort((a, b) => Number(b.kept.delivered) - Number(a.kept.delivered))) {
      if ((kept.endedAtMs ?? 0) > untilMs && bytes <= MAX_KEPT_BYTES) continue
      this.#drop(name, kept)
      bytes -= kept.recording.bytes
    }
  }

  #drop(name: string, kept: Kept): void {
    const others = (this.#kept.get(name) ?? []).filter((each) => each !== kept)
    if (others.length === 0) this.#kept.delete(name)
    else this.#kept.set(name, others)
  }
}

/** An answer, as one reader has it. */
export interface SharedAnswer {
  readonly recording: Recording
  /** Says, once, that the reader is done, and whether it had the whole. */
  leave(delivered: boolean): void
}

function keyReused(): ProxyProblem {
  return new ProxyProblem(
    422,
    'idempotency_key_reused',
    'The idempotency key was used for another request. Nothing was paid for this one'
  )
}
