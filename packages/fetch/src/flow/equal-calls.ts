import { abortable } from '@bursar/core'
import { attachReceipt, receiptOf, sharedReceipt } from '../receipt.js'
import { SharedResponse } from '../transport/shared-response.js'

/** A payment in progress, and the answer that equal calls share. */
interface Flight {
  readonly answer: Promise<SharedResponse>
  /** Of the caller that pays. */
  readonly signal: AbortSignal | undefined
}

/** Equal calls that are under way in this process, by what makes them equal. One of each group pays and the others share its answer. */
export type EqualCalls = Map<string, EqualCallGroup>

/** Joins the calls of this key that are under way. A call that enters must leave. */
export function enterGroup(groups: EqualCalls, key: string): EqualCallGroup {
  let group = groups.get(key)
  if (!group) {
    group = new EqualCallGroup((ended) => {
      if (groups.get(key) === ended) groups.delete(key)
    })
    groups.set(key, group)
  }
  group.enter()
  return group
}

/**
 * Equal calls that began before the first of them had ended. The first that receives a price pays it; the others wait,
 * and share its answer or its error.
 */
export class EqualCallGroup {
  readonly #onEnd: (ended: EqualCallGroup) => void
  #members = 0
  #flight: Flight | undefined

  constructor(onEnd: (ended: EqualCallGroup) => void) {
    this.#onEnd = onEnd
  }

  enter(): void {
    this.#members++
  }

  /** When no call is left in the group, the next equal call starts a new one. */
  leave(): void {
    this.#members--
    if (this.#members === 0 && !this.#flight) this.#onEnd(this)
  }

  /** Pays, or waits for the call that pays. If that caller gives up, another call continues its payment. */
  async payOnce(pay: () => Promise<Response>, signal: AbortSignal | undefined): Promise<Response> {
    for (;;) {
      const joined = this.#flight
      const flight = joined ?? this.#begin(pay, signal)
      try {
        // The paying call handles its signal itself, and reports the state of the money.
        const shared = await (joined ? abortable(flight.answer, signal) : flight.answer)
        const response = openFor(shared, { signal, resumed: joined !== undefined })
        if (response) return response
        // Nobody can have it from its beginning any more: the ledger says what the payment is good for.
        if (this.#flight === flight) this.#flight = undefined
      } catch (error) {
        // One that was given up has made room. One that failed has not, whatever its signal says afterwards.
        if (!joined || this.#flight === flight || signal?.aborted) throw error
      }
    }
  }

  #begin(pay: () => Promise<Response>, signal: AbortSignal | undefined): Flight {
    const onEnd = (): void => this.#onEnd(this)
    const answer = pay().then((response) => new SharedResponse(response, onEnd))
    const flight = { answer, signal }
    this.#flight = flight
    answer.catch(() => {
      if (!signal?.aborted) return onEnd()
      this.#flight = undefined
      if (this.#members === 0) onEnd()
    })
    return flight
  }
}

function openFor(
  shared: SharedResponse,
  { signal, resumed }: { readonly signal: AbortSignal | undefined; readonly resumed: boolean }
): Response | undefined {
  // The body that the paying call reads fails by its signal, with the state of the money.
  const response = shared.open(resumed ? signal : undefined)
  const receipt = receiptOf(shared.response)
  return response && receipt ? attachReceipt(response, resumed ? sharedReceipt(receipt) : receipt) : response
}
