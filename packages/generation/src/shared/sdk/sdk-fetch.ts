import type { Clock } from '@bursar/core'
import type { FetchLike } from '../service/operation.js'
import { answerToSdk } from './answer-to-sdk.js'
import { readSdkRequest } from './sdk-request.js'
import { SentCall } from './sent-call.js'
import { type CostLedger, withCost } from './with-cost.js'

/** fetch, for an SDK. */
export type SdkFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** What a fetch for SDKs is made with. */
export interface SdkFetchParts {
  readonly clock: Pick<Clock, 'nowMs'>
  /** Knows what calls cost. */
  readonly ledger: CostLedger
}

/** For how long an answer waits for an equal call. */
const KEEP_MS = 600_000
/** How many wait. */
const MAX_ABANDONED = 64

/**
 * Builds a fetch for SDKs, which ask again by themselves when an answer is lost or late. What fails is answered so that they
 * do not, and answers say what they cost. A call whose caller gives up goes on, and the next equal call has its answer: it is
 * sent and charged once.
 *
 * @param send sends a call and throws what it fails with.
 */
export function createSdkFetch(send: FetchLike, { clock, ledger }: SdkFetchParts): SdkFetch {
  const nowMs = (): number => clock.nowMs()
  const abandoned = new AbandonedCalls(nowMs)
  return async (input, init = {}) => {
    const { url, init: request, key, signal } = await readSdkRequest(input, init)
    signal?.throwIfAborted()
    const begin = (): SentCall =>
      new SentCall(
        (stop) =>
          withCost(ledger, { ...request, signal: stop }, (sent) => answerToSdk(url, () => send(url, sent))),
        nowMs
      )
    const call = abandoned.take(key) ?? begin()
    try {
      return await call.answerFor(signal)
    } catch (error) {
      if (signal?.aborted) abandoned.add(key, call)
      throw error
    }
  }
}

/** Calls whose callers gave up before they had an answer, oldest first. */
class AbandonedCalls {
  readonly #nowMs: () => number
  #calls: { readonly key: string; readonly call: SentCall }[] = []

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Removes the oldest call with a key, and returns it. */
  take(key: string): SentCall | undefined {
    this.#forgetOld()
    const index = this.#calls.findIndex((each) => each.key === key)
    return index === -1 ? undefined : this.#calls.splice(index, 1)[0]?.call
  }

  add(key: string, call: SentCall): void {
    this.#calls.push({ key, call })
    this.#forgetOld()
  }

  #forgetOld(): void {
    const untilMs = this.#nowMs() - KEEP_MS
    const isOld = ({ endedAtMs }: SentCall): boolean => endedAtMs !== undefined && endedAtMs <= untilMs
    const tooMany = Math.max(0, this.#calls.length - MAX_ABANDONED)
    const forgotten = this.#calls.filter(({ call }, index) => index < tooMany || isOld(call))
    for (const { call } of forgotten) call.discard()
    this.#calls = this.#calls.filter((each) => !forgotten.includes(each))
  }
}
