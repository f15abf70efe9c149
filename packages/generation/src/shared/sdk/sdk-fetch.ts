import { type BursarParts, type Clock, type Ledger, type Purchase, readLedgerTime } from '@bursar/core'
import type { FetchLike } from '../service/operation.js'
import { answerToSdk } from './answer-to-sdk.js'
import { keepAnswer } from './keep-answer.js'
import { KeyedCalls, type SharedCall } from './keyed-calls.js'
import { readSdkRequest, type SdkRequest } from './sdk-request.js'
import { SentCall } from './sent-call.js'
import { type CostLedger, withCost } from './with-cost.js'

/** fetch, for an SDK. */
export type SdkFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** What a fetch for SDKs is made with. */
export interface SdkFetchParts {
  readonly clock: Pick<Clock, 'nowMs' | 'sleep'>
  /** Knows what calls cost. */
  readonly ledger: CostLedger & Partial<Pick<Ledger, 'status'>>
  /** Absent: nothing is paid by x402, and there are no receipts. */
  readonly attachReceipt?: BursarParts['attachReceipt']
}

/** For how long an answer waits for an equal call. */
const KEEP_MS = 600_000
const MAX_KEY_LENGTH = 200
/** How many wait. */
const MAX_ABANDONED = 64

/**
 * Builds a fetch for SDKs, which ask again by themselves when an answer is lost or late. What fails is answered so that they
 * do not, and answers say what they cost. A call whose caller gives up goes on, and the next equal call has its answer: it is
 * sent and charged once. Calls with one `Idempotency-Key` share one answer, as through the proxy.
 *
 * @param send sends a call and throws what it fails with.
 */
export function createSdkFetch(send: FetchLike, { clock, ledger, attachReceipt }: SdkFetchParts): SdkFetch {
  const nowMs = (): number => clock.nowMs()
  const abandoned = new AbandonedCalls(nowMs)
  const keyed = new KeyedCalls(clock)
  const begin = ({ url, init }: SentRequest): SentCall =>
    new SentCall({
      async send(stop) {
        const call = (sent: RequestInit) => answerToSdk(url, () => send(url, sent))
        const answer = await withCost(ledger, { ...init, signal: stop }, call)
        // Read here, since a caller may give up meanwhile, and the next equal call is to have the answer.
        return { ...answer, reservedAtMs: attachReceipt && (await reservedAt(answer.payment)) }
      },
      keep: (response) => answerToSdk(url, () => keepAnswer(response)),
      nowMs
    })
  return async (input, init = {}) => {
    const request = await readSdkRequest(input, init)
    request.signal?.throwIfAborted()
    const sinceMs = nowMs()
    const answer =
      request.name === undefined
        ? await abandoned.answerFor(request, begin)
        : await answerKeyed(keyed, { ...request, name: request.name }, begin)
    const { response, payment, reservedAtMs = sinceMs, isRepeat } = answer
    if (!payment || !attachReceipt) return response
    return attachReceipt(response, payment, isRepeat || reservedAtMs < sinceMs)
  }

  /** When a payment was reserved, by this machine's clock, which is taken for the ledger's where that does not say. */
  async function reservedAt(payment: Purchase | undefined): Promise<number | undefined> {
    if (!payment) return undefined
    const ageMs = (await readLedgerTime(ledger, clock).catch(nowMs)) - payment.reservedAtMs
    return nowMs() - ageMs
  }
}

/** What is sent of a call. */
type SentRequest = Pick<SdkRequest, 'url' | 'init'>

/** Answers a call that brings an `Idempotency-Key`, or says why it is not made, as the proxy does. */
async function answerKeyed(
  keyed: KeyedCalls,
  { name, url, init, key, signal }: SdkRequest & { readonly name: string },
  begin: (request: SentRequest) => SentCall
): Promise<SharedCall> {
  // A purchase has the key in its name, which takes no blank at its end, as of Latin-1.
  if (name === '' || name.trim() !== name || name.length > MAX_KEY_LENGTH)
    return rejection(400, 'invalid_request', MALFORMED_KEY)
  const sent = { url, init: named(init, `sdk ${new URL(url).host} ${name}`) }
  const shared = await keyed.answerFor({ name, url, request: key, signal, begin: () => begin(sent) })
  return shared ?? rejection(422, 'idempotency_key_reused', REUSED)
}

const MALFORMED_KEY = `An idempotency key has 1 to ${MAX_KEY_LENGTH} characters, and no blanks around it`
const REUSED = 'The idempotency key was used for another request. Nothing was paid for this one'

async function rejection(status: number, code: string, message: string): Promise<SharedCall> {
  const { problemResponse } = await import('./translated/sdk-problem.js')
  return { response: problemResponse({ status, code, message }), payment: undefined, isRepeat: false }
}

/** What is paid by x402 has the key as its name in the ledger, unless the caller gives it another. */
function named(init: NamedInit, purchase: string): NamedInit {
  return { ...init, bursar: { purchase, ...init.bursar } }
}

interface NamedInit extends RequestInit {
  readonly bursar?: object
}

/** Calls whose callers gave up before they had an answer, oldest first. */
class AbandonedCalls {
  readonly #nowMs: () => number
  #calls: { readonly key: string; readonly call: SentCall }[] = []

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** The answer of a call, which is that of an earlier one where that was given up. */
  async answerFor(
    { url, init, key, signal }: SdkRequest,
    begin: (request: SentRequest) => SentCall
  ): Promise<SharedCall> {
    const taken = this.#take(key)
    const call = taken ?? begin({ url, init })
    try {
      return { ...(await call.answerFor(signal)), isRepeat: taken !== undefined }
    } catch (error) {
      if (signal?.aborted) this.#add(key, call)
      throw error
    }
  }

  /** Removes the oldest call with a key, and returns it. */
  #take(key: string): SentCall | undefined {
    this.#forgetOld()
    const index = this.#calls.findIndex((each) => each.key === key)
    return index === -1 ? undefined : this.#calls.splice(index, 1)[0]?.call
  }

  #add(key: string, call: SentCall): void {
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
