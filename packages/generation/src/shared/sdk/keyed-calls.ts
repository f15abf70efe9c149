import { abortable, type Clock, isJsonObject, parseJsonObject } from '@bursar/core'
import { readAhead } from '../wire/read-ahead.js'
import { isEventStream, withBody } from '../wire/response-body.js'
import { answerToSdk } from './answer-to-sdk.js'
import { notKept } from './keep-answer.js'
import { type SentCall, until } from './sent-call.js'
import { SharedStream } from './shared-stream.js'
import type { CostedAnswer } from './with-cost.js'

/** For how long an answer is shared by those that ask with its key, as by the proxy. */
const KEEP_MS = 600_000
/** How many are kept, and how large they are together. */
const [MAX_CALLS, MAX_BYTES] = [64, 64 * 1024 * 1024]

type SharingClock = Pick<Clock, 'nowMs' | 'sleep'>

/** What is kept of an answer. */
type Kept = Pick<SharedStream, 'byteLength' | 'lastAtMs' | 'isRead' | 'isLeft' | 'drop'>

/** An answer that more than one call has. */
interface SharedAnswer extends Omit<CostedAnswer, 'response'> {
  /** For the next call with its key. Absent: that has another answer. */
  readonly kept: Kept | undefined
  open(): Response | Promise<Response>
}

interface Entry {
  /** The same for equal requests. */
  readonly request: string
  readonly answer: Promise<SharedAnswer>
  /** Absent until the answer is there. */
  kept: Kept | undefined
}

/** A call that brings an `Idempotency-Key`. */
export interface KeyedCall {
  readonly name: string
  /** Decides by which API a failure is reported. */
  readonly url: string
  /** The same for equal requests. */
  readonly request: string
  readonly signal: AbortSignal | undefined
  readonly begin: () => SentCall
}

/** Calls with an `Idempotency-Key`: those with one key share one answer, in flight or complete. */
export class KeyedCalls {
  readonly #clock: SharingClock
  /** By their keys, oldest first. */
  readonly #entries = new Map<string, Entry>()

  constructor(clock: SharingClock) {
    this.#clock = clock
  }

  /**
   * The answer of a call, and whether an earlier one has begun it.
   *
   * @returns nothing where the key was used for another request.
   */
  async answerFor({ signal, ...call }: KeyedCall): Promise<SharedCall | undefined> {
    this.#forgetOld()
    const known = this.#entries.get(call.name)
    if (known && known.request !== call.request) return undefined
    const { answer } = known ?? this.#begin(call)
    const { open, kept: _, ...costed } = await abortable(answer, signal)
    return { response: until(await open(), signal), ...costed, isRepeat: known !== undefined }
  }

  #begin({ name, url, request, begin }: Omit<KeyedCall, 'signal'>): Entry {
    const answer = begin()
      .answerFor(undefined)
      .then((answered) => share(answered, { url, clock: this.#clock }))
    const entry: Entry = { request, answer, kept: undefined }
    this.#entries.set(name, entry)
    answer.then(
      ({ kept }) => {
        entry.kept = kept
        if (!kept) this.#entries.delete(name)
      },
      () => void this.#entries.delete(name)
    )
    return entry
  }

  /** What is in flight, or is being read, is not forgotten for others; a stream that stands still is, once it is as old as they. */
  #forgetOld(): void {
    const untilMs = this.#clock.nowMs() - KEEP_MS
    const all = [...this.#entries].flatMap(([name, { kept }]) => (kept ? [{ name, kept }] : []))
    const idle = all.filter(({ kept }) => !kept.isRead)
    let count = idle.length
    let bytes = idle.reduce((sum, { kept }) => sum + kept.byteLength, 0)
    for (const { name, kept } of all) {
      const isTooMuch = !kept.isRead && (count >= MAX_CALLS || bytes > MAX_BYTES)
      if (kept.lastAtMs > untilMs && !isTooMuch && !kept.isLeft) continue
      this.#entries.delete(name)
      kept.drop()
      if (kept.isRead) continue
      count--
      bytes -= kept.byteLength
    }
  }
}

/** An answer as one of several calls has it. */
export interface SharedCall extends CostedAnswer {
  readonly isRepeat: boolean
}

/** Where an answer is shared. */
interface Sharing extends Pick<KeyedCall, 'url'> {
  readonly clock: SharingClock
}

async function share({ response, ...costed }: CostedAnswer, { url, clock }: Sharing): Promise<SharedAnswer> {
  if (response.ok && isEventStream(response.headers)) {
    const kept = new SharedStream(response, { clock, maxBytes: MAX_BYTES })
    return { ...costed, kept, open: () => kept.open() ?? tellNotKept(response, url, 'it is too large') }
  }
  const { bytes, response: same } = await readAhead(response, MAX_BYTES)
  if (!bytes) return { ...costed, kept: undefined, open: onceOpened(same, url) }
  const { byteLength } = bytes
  const isKept = response.ok || isPaidFailure(response, bytes)
  const kept = isKept
    ? { byteLength, lastAtMs: clock.nowMs(), isRead: false, isLeft: false, drop: () => {} }
    : undefined
  return { ...costed, kept, open: () => withBody(response, bytes) }
}

/** An answer that is too large to be kept, or breaks off, is the first call's alone. The others that waited are told. */
function onceOpened(response: Response, url: string): SharedAnswer['open'] {
  let isOpened = false
  return () => {
    if (isOpened) return tellNotKept(response, url, 'it broke off, or is too large')
    isOpened = true
    return response
  }
}

function tellNotKept(response: Response, url: string, why: string): Promise<Response> {
  return answerToSdk(url, () => Promise.reject(notKept(response, `${why}, and went to an equal call`)))
}

/**
 * A failure is told again only where it was paid, or may have been: of any other, the same call again resumes what was signed, or
 * is free.
 */
function isPaidFailure({ headers }: Response, bytes: Uint8Array): boolean {
  const error = parseJsonObject(new TextDecoder().decode(bytes))?.error
  const code = isJsonObject(error) ? String(error.code) : ''
  if (code.startsWith('payment/')) return false
  if (headers.has('x-bursar-cost')) return true
  // What a service takes from a balance has a cost only where it tells its prices.
  const mayBeCharged = ![null, 'none'].includes(headers.get('x-bursar-money'))
  return mayBeCharged && (headers.has('x-service-status') || code.startsWith('service/'))
}
