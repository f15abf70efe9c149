import {
  abortable,
  type BursarError,
  bursarErrorOf,
  type PaymentHeader,
  type Purchase,
  type PurchaseEvent
} from '@bursar/core'
import { abortedError, discardedError } from './aborted-error.js'
import { type CallEnd, endCall, endUnsent, withdraw } from './end-call.js'
import { type LearnedOutcome, learnOutcome } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'
import { paymentError, UNCHARGED } from './payment-error.js'
import { recordEvent } from './record-event.js'

/** A purchase that is to be sent. */
export interface SignedPurchase {
  readonly purchase: Purchase
  /** Whether it was signed by an earlier call. */
  readonly resumed: boolean
}

/**
 * A signed purchase that waits for its answer: its latest known state, and the end of its call, which is recorded once.
 */
export class Delivery {
  readonly #context: PaymentContext
  readonly #signal: AbortSignal | undefined
  /** Whether nobody holds bytes of it that can settle: none were sent, or the chain has proven those dead. */
  #isUnsent: boolean
  /** Whether the server has answered and taken nothing, and could take something for the same bytes. */
  #isUncharged = false
  #purchase: Purchase
  #ended: Promise<Purchase> | undefined
  #corrected: PaymentHeader | undefined

  constructor(
    context: PaymentContext,
    { purchase, resumed }: SignedPurchase,
    signal: AbortSignal | undefined
  ) {
    this.#context = context
    this.#purchase = purchase
    this.#isUnsent = !resumed
    this.#signal = signal
    // A caller that aborts may call again at once, so the end of the call is recorded before anything else is waited
    // for.
    signal?.addEventListener('abort', this.#onAbort)
  }

  /** The latest known state of the purchase. */
  get purchase(): Purchase {
    return this.#purchase
  }

  /** The authorization in the envelope that the server's refusal asked for. Absent: it is sent as it was signed. */
  get corrected(): PaymentHeader | undefined {
    return this.#corrected
  }

  /** Sends the same authorization in another envelope from now on. */
  correct(header: PaymentHeader): void {
    this.#corrected = header
  }

  /** Records an event. @throws the reason of the signal. */
  record(event: PurchaseEvent): Promise<void> {
    const recording = recordEvent(this.#context, this.#purchase, event)
    return this.untilAborted(recording).then((purchase) => {
      this.#purchase = purchase
    })
  }

  /** Asks the chain what became of the payment. @throws the reason of the signal. */
  async learn(): Promise<LearnedOutcome> {
    const asking = learnOutcome(this.#context, this.#purchase, this.#signal)
    const outcome = await this.untilAborted(asking)
    this.#purchase = outcome.purchase
    return outcome
  }

  /** From now on its bytes may have been sent. */
  noteSending(): void {
    this.#isUnsent = false
  }

  /** The chain has proven that what was sent never settles. What is signed in its place is not sent yet. */
  noteDead(): void {
    this.#isUnsent = true
  }

  /**
   * The server has answered and taken nothing (the scheme `upto`). The signature is still good: the same bytes, sent
   * again, would have the work done and charged anew. So the call counts as answered, whatever becomes of its body, and
   * the budget is held until the chain proves the payment dead.
   */
  async noteUncharged(): Promise<void> {
    this.#isUncharged = true
    this.#purchase = await this.untilAborted(this.end('answered'))
  }

  /**
   * The server has refused the payment and asks another price. From now on nobody sends it again, and the budget is held
   * until the chain proves it dead.
   *
   * @returns whether that is on record. It is not where another call has taken the payment up, and may send it.
   */
  async withdraw(): Promise<boolean> {
    if (this.#ended) return false
    this.#purchase = await this.untilAborted(withdraw(this.#context, this.#purchase))
    if (!this.#purchase.withdrawn) return false
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#ended = Promise.resolve(this.#purchase)
    return true
  }

  /** Continues with the payment that was signed in place of a dead one. */
  replace(reissued: Purchase): void {
    this.#purchase = reissued
    this.#corrected = undefined
  }

  /** Waits for a step until the caller's signal aborts. @throws the reason of the signal. */
  untilAborted<Value>(step: Promise<Value>): Promise<Value> {
    return abortable(step, this.#signal)
  }

  /** Ends the call. Only the first end counts. */
  end(type: CallEnd): Promise<Purchase> {
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#ended ??= this.#isUnsent
      ? endUnsent(this.#context, this.#purchase)
      : endCall(this.#context, this.#purchase, type)
    return this.#ended
  }

  /** Ends the call without its answer, and makes the error that its caller gets: one that says where the money is. */
  async fail(cause: unknown): Promise<BursarError> {
    const ended = this.end('failed')
    const known = errorAbout(this.#purchase.id, cause)
    if (known) return this.#afterEnd(ended, known)
    if (this.#isUnsent) return discardedError(this.#purchase, this.#signal)
    const outcome = await this.learn().catch(() => undefined)
    if (!outcome) return abortedError(this.#purchase, this.#signal)
    const { purchase, moneyState } = outcome
    const code = moneyState === 'settled' ? 'payment/settled-answer-lost' : 'payment/outcome-unknown'
    const what = 'The payment was sent and its answer could not be handed over whole'
    const advice = this.#isUncharged && moneyState !== 'settled' ? UNCHARGED : undefined
    return this.#afterEnd(ended, paymentError(code, purchase, { moneyState, what, advice, cause }))
  }

  /** Waits for the ledger, so that an equal call right after the error finds the end recorded. */
  async #afterEnd(ended: Promise<Purchase>, error: BursarError): Promise<BursarError> {
    await this.untilAborted(ended).catch(() => {})
    return error
  }

  readonly #onAbort = (): void => void this.end('failed')
}

/** Whether the error already describes this purchase. */
function errorAbout(id: string, error: unknown): BursarError | undefined {
  const ours = bursarErrorOf(error)
  return ours && 'purchase' in ours.context && ours.context.purchase === id ? ours : undefined
}
