import type { BursarParts, Clock } from '@bursar/core'
import type { FetchLike } from '../service/operation.js'
import { answerToSdk } from './answer-to-sdk.js'
import { keepAnswer } from './keep-answer.js'
import { readSdkRequest } from './sdk-request.js'
import { SentCall } from './sent-call.js'
import { type CostedAnswer, type CostLedger, withCost } from './with-cost.js'

/** fetch, for an SDK. */
export type SdkFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** What a fetch for SDKs is made with. */
export interface SdkFetchParts {
  readonly clock: Pick<Clock, 'nowMs'>
  /** Knows what calls cost. */
  readonly ledger: CostLedger
  /** Absent: nothing is paid by x402, and there are no receipts. */
  readonly attachReceipt?: BursarParts['attachReceipt']
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
export function createSdkFetch(send: FetchLike, { clock, ledger, attachReceipt }: SdkFetchParts): SdkFetch {
  const nowMs = (): number => clock.nowMs()
  const withReceipt = ({ response, payment }: CostedAnswer, sinceMs: number): Response =>
    payment && attachReceipt ? attachReceipt(response, payment, payment.reservedAtMs < sinceMs) : response
  const abandoned = new AbandonedCalls(nowMs)
  return async (input, init = {}) => {
    const { url, init: request, key, signal } = await readSdkRequest(input, init)
    signal?.throwIfAborted()
    const sinceMs = nowMs()
    const begin = (): SentCall =>
      new SentCall({
        send: (stop) =>
          withCost(ledger, { ...request, signal: stop }, (sent) => answerToSdk(url, () => send(url, sent))),
        keep: (response) => answerToSdk(url, () => keepAnswer(response)),
        nowMs
      })
    const taken = abandoned.take(key)
    const call = taken ?? begin()
    try {
      return withReceipt(await call.answerFor(signal), taken ? Number.POSITIVE_INFINITY : sinceMs)
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
