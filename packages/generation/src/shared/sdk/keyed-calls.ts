import { abortable, isJsonObject, parseJsonObject } from '@bursar/core'
import { readAhead } from '../wire/read-ahead.js'
import { isEventStream, withBody } from '../wire/response-body.js'
import { type SentCall, until } from './sent-call.js'
import type { CostedAnswer } from './with-cost.js'

/** For how long an answer is shared by those that ask with its key, as by the proxy. */
const KEEP_MS = 600_000
/** How many are kept, and how large they are together. */
const [MAX_CALLS, MAX_BYTES] = [64, 64 * 1024 * 1024]

/** An answer that more than one call has. */
interface SharedAnswer {
  readonly payment: CostedAnswer['payment']
  readonly byteLength: number
  /** Whether the next call with its key has it, too. */
  readonly isKept: boolean
  open(): Response
}

interface Entry {
  /** The same for equal requests. */
  readonly request: string
  readonly answer: Promise<SharedAnswer>
  endedAtMs: number | undefined
  byteLength: number
}

/** A call that brings an `Idempotency-Key`. */
export interface KeyedCall {
  readonly name: string
  /** The same for equal requests. */
  readonly request: string
  readonly signal: AbortSignal | undefined
  readonly begin: () => SentCall
}

/** Calls with an `Idempotency-Key`: those with one key share one answer, in flight or complete. */
export class KeyedCalls {
  readonly #nowMs: () => number
  /** By their keys, oldest first. */
  readonly #entries = new Map<string, Entry>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /**
   * The answer of a call, and whether an earlier one has begun it.
   *
   * @returns nothing where the key was used for another request.
   */
  async answerFor({ name, request, signal, begin }: KeyedCall): Promise<SharedCall | undefined> {
    this.#forgetOld()
    const known = this.#entries.get(name)
    if (known && known.request !== request) return undefined
    const { answer } = known ?? this.#begin({ name, request, begin })
    const shared = await abortable(answer, signal)
    return { response: until(shared.open(), signal), payment: shared.payment, isRepeat: known !== undefined }
  }

  #begin({ name, request, begin }: Omit<KeyedCall, 'signal'>): Entry {
    const answer = begin().answerFor(undefined).then(share)
    const entry: Entry = { request, answer, endedAtMs: undefined, byteLength: 0 }
    this.#entries.set(name, entry)
    answer.then(
      ({ isKept, byteLength }) => {
        if (!isKept) return void this.#entries.delete(name)
        Object.assign(entry, { endedAtMs: this.#nowMs(), byteLength })
      },
      () => void this.#entries.delete(name)
    )
    return entry
  }

  /** What is in flight is never forgotten. */
  #forgetOld(): void {
    const untilMs = this.#nowMs() - KEEP_MS
    const ended = [...this.#entries].filter(([, { endedAtMs }]) => endedAtMs !== undefined)
    let count = ended.length
    let bytes = ended.reduce((sum, [, { byteLength }]) => sum + byteLength, 0)
    for (const [name, { endedAtMs = 0, byteLength }] of ended) {
      if (endedAtMs > untilMs && count < MAX_CALLS && bytes <= MAX_BYTES) continue
      this.#entries.delete(name)
      count--
      bytes -= byteLength
    }
  }
}

/** An answer as one of several calls has it. */
export interface SharedCall extends CostedAnswer {
  readonly isRepeat: boolean
}

/** A failure is told again only where it was paid: of any other, the same call again resumes what was signed, or is free. */
async function share({ response, payment }: CostedAnswer): Promise<SharedAnswer> {
  if (isEventStream(response.headers)) {
    const open = (): Response => withBody(response, response.clone().body)
    return { payment, byteLength: 0, isKept: true, open }
  }
  const { bytes, response: same } = await readAhead(response, MAX_BYTES)
  // One that is too large to be kept, or breaks off, is the first call's alone.
  if (!bytes) return { payment, byteLength: 0, isKept: false, open: () => same }
  const isKept = response.ok || isPaidFailure(response, bytes)
  return { payment, byteLength: bytes.byteLength, isKept, open: () => withBody(response, bytes) }
}

function isPaidFailure({ headers }: Response, bytes: Uint8Array): boolean {
  const error = parseJsonObject(new TextDecoder().decode(bytes))?.error
  const code = isJsonObject(error) ? String(error.code) : ''
  return headers.has('x-bursar-cost') && !code.startsWith('payment/')
}
