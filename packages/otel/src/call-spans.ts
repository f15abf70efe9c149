import type { BursarEvent } from '@bursar/fetch'
import { context, type Tracer } from '@opentelemetry/api'
import { CallSpan, type EndedCall } from './call-span.js'

/** More calls than are open at once. The span of one whose body nobody reads to its end is ended when there are more. */
const MAX_OPEN = 10_000

/** Makes a span of each paid call from its events. */
export class CallSpans {
  readonly #tracer: Tracer
  readonly #onEnd: (event: BursarEvent, ended: EndedCall) => void
  /** By the number of the call, the oldest first. */
  readonly #calls = new Map<number, CallSpan>()
  readonly #purchases = new Map<string, CallSpan>()

  constructor(tracer: Tracer, onEnd: (event: BursarEvent, ended: EndedCall) => void) {
    this.#tracer = tracer
    this.#onEnd = onEnd
  }

  /** An event is told within the call, so that the caller's span is active. */
  note(event: BursarEvent): void {
    const { type, call } = event
    if (type === 'challenged' && call !== undefined) this.#begin({ ...event, call })
    else this.#noteStep(event)
  }

  #noteStep(event: BursarEvent): void {
    const { call, purchase = '' } = event
    const span = call === undefined ? this.#purchases.get(purchase) : this.#calls.get(call)
    if (!span) return
    const before = span.purchase
    const ended = span.note(event)
    // Where a price was refused for another, what becomes of the first payment is none of the call's any more.
    if (before !== span.purchase) {
      this.#forgetPurchase(before, span)
      if (span.purchase !== undefined) this.#purchases.set(span.purchase, span)
    }
    if (!ended) return
    this.#forget(span)
    this.#onEnd(event, ended)
  }

  /** Ends every span. */
  close(atMs: number): void {
    for (const span of this.#calls.values()) span.end(atMs)
    this.#calls.clear()
    this.#purchases.clear()
  }

  #begin(challenged: BursarEvent & { readonly call: number }): void {
    this.#calls.set(challenged.call, new CallSpan(this.#tracer, challenged, context.active()))
    if (this.#calls.size <= MAX_OPEN) return
    const [oldest] = this.#calls.values()
    oldest?.end(challenged.atMs)
    if (oldest) this.#forget(oldest)
  }

  #forget(span: CallSpan): void {
    this.#calls.delete(span.number)
    this.#forgetPurchase(span.purchase, span)
  }

  /** A purchase may be another call's by now, which resumed it. */
  #forgetPurchase(purchase: string | undefined, span: CallSpan): void {
    if (purchase !== undefined && this.#purchases.get(purchase) === span) this.#purchases.delete(purchase)
  }
}
