import type { BursarEvent } from '@bursar/fetch'
import { type Context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { attributes, hostAttributes, paymentAttributes } from './attributes.js'

/** How a call ended. */
export interface EndedCall {
  readonly durationMs: number
  /** The code of its error, or `failed` where the server took the money and failed. Absent: it was answered. */
  readonly error?: string
  /** Where the money is then. Absent: its answer does not say. */
  readonly moneyState?: string | undefined
}

/** A code for what is none of Bursar's errors, in OpenTelemetry's own word. */
const OTHER_ERROR = '_OTHER'

/** The span of one paid call, and of its steps. Times are those of the events. */
export class CallSpan {
  readonly number: number
  readonly #tracer: Tracer
  readonly #span: Span
  readonly #context: Context
  readonly #beganAtMs: number
  #purchase: string | undefined
  #step: Step | undefined
  #isDelivered = false

  /** @param parent the context that the caller's span is active in. */
  constructor(tracer: Tracer, challenged: BursarEvent & { readonly call: number }, parent: Context) {
    const { atMs, beganAtMs, call } = challenged
    this.number = call
    this.#tracer = tracer
    this.#beganAtMs = beganAtMs ?? atMs
    const [kind, startTime] = [SpanKind.CLIENT, this.#beganAtMs]
    const options = { kind, startTime, attributes: hostAttributes(challenged) }
    this.#span = tracer.startSpan('bursar pay', options, parent)
    this.#context = trace.setSpan(parent, this.#span)
    if (beganAtMs !== undefined) this.#step = { name: 'bursar discover', atMs: beganAtMs }
    this.#noteStep(challenged)
  }

  /** The ledger's id of its purchase, as far as it has one. */
  get purchase(): string | undefined {
    return this.#purchase
  }

  /** @returns how the call ended, if it did. */
  note(event: BursarEvent): EndedCall | undefined {
    const { type, atMs, status } = event
    this.#purchase = event.purchase ?? this.#purchase
    this.#span.setAttributes(paymentAttributes(event))
    if (status !== undefined) this.#span.setAttribute(attributes.status, status)
    this.#noteState(type)
    this.#noteStep(event)
    if (type === 'error') return this.#fail(event, event.code ?? OTHER_ERROR)
    if (type === 'failed' && this.#isDelivered) return this.#fail(event, 'failed')
    if (type === 'delivered') this.#isDelivered = true
    // Where a sign-in or an equal call has the answer, no later event names this call.
    const isOver = type === 'answered' || (type === 'delivered' && this.#purchase === undefined)
    return isOver ? this.end(atMs) : undefined
  }

  /** Ends the span, and the step that runs. */
  end(atMs: number): EndedCall {
    this.#endStep(atMs)
    this.#span.end(atMs)
    return { durationMs: atMs - this.#beganAtMs }
  }

  #fail({ atMs, moneyState }: BursarEvent, error: string): EndedCall {
    this.#span.setAttribute(attributes.error, error)
    if (moneyState !== undefined) this.#span.setAttribute(attributes.moneyState, moneyState)
    this.#span.setStatus({ code: SpanStatusCode.ERROR })
    return { ...this.end(atMs), error, moneyState }
  }

  #noteState(type: BursarEvent['type']): void {
    const moneyState = moneyStates[type]
    if (moneyState === undefined) return
    this.#span.setAttributes({ [attributes.state]: type, [attributes.moneyState]: moneyState })
  }

  #noteStep({ type, atMs }: BursarEvent): void {
    if (!(type in nextSteps)) return
    this.#endStep(atMs)
    const name = nextSteps[type]
    this.#step = name ? { name, atMs } : undefined
  }

  #endStep(atMs: number): void {
    const step = this.#step
    this.#step = undefined
    if (step) this.#tracer.startSpan(step.name, { startTime: step.atMs }, this.#context).end(atMs)
  }
}

/** A step that runs. */
interface Step {
  readonly name: string
  /** Since when. Unix milliseconds. */
  readonly atMs: number
}

/** The step that begins with an event, after the one that ends with it; `undefined`: none does. */
const nextSteps: { readonly [Type in BursarEvent['type']]?: string | undefined } = {
  challenged: 'bursar reserve',
  resumed: undefined,
  reserved: 'bursar sign',
  signed: undefined,
  sent: 'bursar send',
  resent: 'bursar send',
  lost: 'bursar look',
  settled: undefined,
  dead: undefined,
  refused: undefined,
  failed: undefined,
  delivered: undefined
}

/** Where the money is after an event that says what became of the purchase. */
const moneyStates: { readonly [Type in BursarEvent['type']]?: string } = {
  reserved: 'reserved',
  signed: 'signed',
  sent: 'sent',
  settled: 'settled',
  dead: 'none'
}
