import type { CallMark } from './call-mark.js'
import { checkBudgets } from './check-budgets.js'
import { checkGuards } from './check-guards.js'
import { checkMoneyState, type FailedEnd } from './check-money-state.js'
import { type Changes, referenceOf } from './contents.js'
import type { Intent } from './intent.js'
import type { Arrival, Sent, Watched } from './watched.js'

/** What a call has signed and sent. */
interface CallRecord {
  readonly signed: Set<string>
  readonly sent: Set<string>
}

/** A call that got no answer. */
export interface FailedCall extends FailedEnd {
  readonly mark: CallMark
}

/** What a caller may be told for ever: it does not fit, or the server keeps saying so. */
const mayStay: ReadonlySet<string> = new Set(['offer/over-limit', 'offer/payee-refused'])

/**
 * Looks from outside, at every step, whether the promise holds: by the chain, the wire and what is written, without a word
 * of the client's.
 */
export class Watcher {
  readonly violations: string[] = []
  settled = 0
  readonly #watched: Watched
  readonly #calls = new Map<number, CallRecord>()
  readonly #sent = new Map<string, Sent>()
  readonly #falseReceipts = new Set<string>()
  readonly #asked = new Set<number>()
  /** Signed by what another call was asked. */
  readonly #unasked = new Set<string>()
  /** Of those, what the server refused to ask another price. */
  readonly #askedOtherwise = new Set<string>()
  readonly #answered = new Set<string>()
  readonly #crashed = new Set<string>()
  readonly #writtenAnswers = new Set<string>()
  readonly #begunAnew = new Set<number>()
  readonly #boughtAnew = new Set<string>()
  readonly #whenSigned = new Map<number, () => void>()
  #references = 0

  constructor(watched: Watched) {
    this.#watched = watched
  }

  nextReference(): string {
    return `payment-${++this.#references}`
  }

  /**
   * A call begins. Where calls are joined, what it asks for is bought anew if it is written by then that its caller has the
   * answer, although that caller has not read the last byte.
   */
  onCall({ call, intent }: CallMark): void {
    if (this.#watched.plan.inFlight === 'join' && this.#writtenAnswers.has(intent)) this.#begunAnew.add(call)
  }

  /** What is to happen when a call signs. */
  whenSigned(call: number, happens: () => void): void {
    this.#whenSigned.set(call, happens)
  }

  onSigned(reference: string, { call, intent }: CallMark): void {
    this.#whenSigned.get(call)?.()
    this.#callOf(call).signed.add(reference)
    if (!this.#asked.has(call)) this.#unasked.add(reference)
    if (this.#answered.has(intent) || this.#begunAnew.has(call) || this.#isOver(intent))
      this.#boughtAnew.add(reference)
  }

  onAnswered(intent: string): void {
    this.#answered.add(intent)
  }

  onCrashed(intent: string): void {
    this.#crashed.add(intent)
  }

  onFalseReceipt(reference: string): void {
    this.#falseReceipts.add(reference)
  }

  /** The server asks a call what it wants. What the call has signed by then, it signed by what was asked before. */
  onAsked(call: number): void {
    this.#asked.add(call)
  }

  /** The server refuses a payment and asks another price, by which it may take two, where it was paid unasked. */
  onRefusedForAnother(reference: string): void {
    if (this.#unasked.has(reference)) this.#askedOtherwise.add(reference)
  }

  /** The server takes a payment for what it asks. */
  onTaken(reference: string): void {
    this.#askedOtherwise.delete(reference)
  }

  /** More, or to another, than the server ever asked there. */
  onNeverAsked({ reference, intent }: Arrival): void {
    this.#report(`${reference} for ${intent.name} pays what was never asked there`)
  }

  /** Whether a server said of a payment for this that it has settled, which it had not, and is believed. */
  wasLiedTo(intent: string): boolean {
    if (this.#watched.plan.verifies) return false
    return [...this.#falseReceipts].some((reference) => this.#sent.get(reference)?.intent.name === intent)
  }

  /** A transaction is about to be committed. */
  onCommit(changes: Changes): void {
    for (const { purchase } of changes.rows.values())
      if (purchase.call === 'answered' && !this.#askedOtherwise.has(referenceOf(purchase) ?? ''))
        this.#writtenAnswers.add(purchase.labels.intent ?? '')
    for (const problem of checkGuards(this.#watched, changes)) this.#report(problem)
  }

  /** Bytes go out. */
  onSent({ reference, intent, call }: Arrival, wallet: string): void {
    const { chain, contents, scheduler } = this.#watched
    // What an earlier call had signed, and nobody had sent, is taken up by a call that would else sign anew.
    const isTakenUp = !this.#sent.has(reference) && !this.#callOf(call).signed.has(reference)
    if (isTakenUp && this.#isOver(intent.name)) this.#boughtAnew.add(reference)
    this.#callOf(call).sent.add(reference)
    this.#sent.set(reference, { reference, intent, atMs: scheduler.nowMs })
    if (!contents.isDurable(reference))
      this.#report(`${reference} for ${intent.name} goes out, and is not written`)
    const { payer } = chain.get(reference) ?? {}
    if (payer !== wallet)
      this.#report(`${reference} of ${payer} is sent by a call of ${wallet}, ${intent.name}`)
    for (const problem of checkBudgets(this.#watched, [...this.#sent.values()])) this.#report(problem)
  }

  onSettled({ intent }: Pick<Arrival, 'intent'>): void {
    this.settled++
    const isApart = (reference: string): boolean =>
      this.#boughtAnew.has(reference) || this.#askedOtherwise.has(reference)
    const paid = this.#settledOf(intent.name).filter((reference) => !isApart(reference))
    if (paid.length > 1) this.#report(`${intent.name} was paid ${paid.length} times: ${paid.join(', ')}`)
  }

  /** Nothing goes wrong any more, and still there is no answer. */
  onStuck({ name }: Intent, last: FailedEnd | undefined): void {
    if (last && mayStay.has(last.code)) return
    if (last?.code === 'purchase/already-settled' && this.#writtenAnswers.has(name)) return
    // What was paid at one name is not sent to another, and the server may never lead there again.
    if (this.#watched.plan.leads && last?.code === 'payment/redirected') return
    const isRefused = last?.code === 'payment/refused' && last.moneyState === 'settled'
    // What was paid unasked before a crash is sent again until the chain proves it dead.
    if (this.#watched.plan.offers === 'remember' && last?.code === 'payment/refused' && !isRefused) return
    if (isRefused && (this.#watched.plan.refusesUsed || this.wasLiedTo(name))) return
    this.#report(
      `${name} gets no answer though nothing goes wrong: ${last?.message ?? 'the process is gone'}`
    )
  }

  /** What the end of a call says of the money must be so. */
  onFailure({ mark, ...end }: FailedCall): void {
    const { chain } = this.#watched
    const { signed, sent } = this.#callOf(mark.call)
    const canCost = (reference: string): boolean => chain.canCost(reference)
    const problem = checkMoneyState(end, {
      signed: [...signed].filter(canCost),
      sent: [...sent].filter(canCost),
      hasSettled: this.#settledOf(mark.intent).length > 0 || this.wasLiedTo(mark.intent)
    })
    const says = `call ${mark.call} for ${mark.intent} says ${end.moneyState ?? 'nothing'} of its money`
    if (problem) this.#report(`${says}, and ${problem}: ${end.message}`)
  }

  /** Whether what is wanted from now on is wanted anew. */
  #isOver(intent: string): boolean {
    return this.#isLost(intent) || this.#isForgotten(intent)
  }

  /**
   * What has settled, or was said to have, is paid anew by who asks again later than an equal call resumes it, as
   * `resumeWindowMs` says.
   */
  #isForgotten(intent: string): boolean {
    const { plan, scheduler, chain } = this.#watched
    const fromMs = scheduler.nowMs - plan.resumeWindowMs
    const isTakenForSettled = (reference: string): boolean =>
      chain.hasSettled(reference) || (!plan.verifies && this.#falseReceipts.has(reference))
    return [...this.#sent.values()].some(
      ({ reference, intent: { name }, atMs }) =>
        name === intent && atMs < fromMs && isTakenForSettled(reference)
    )
  }

  /**
   * The machine of a caller may crash between the write that it has the answer and the answer's last byte. That write may still
   * be on its way when its next call begins.
   */
  #isLost(intent: string): boolean {
    return this.#crashed.has(intent) && this.#writtenAnswers.has(intent)
  }

  /** References of an intent that have settled. */
  #settledOf(intent: string): string[] {
    const { chain } = this.#watched
    return [...this.#sent.values()]
      .filter((sent) => sent.intent.name === intent && chain.hasSettled(sent.reference))
      .map(({ reference }) => reference)
  }

  #callOf(call: number): CallRecord {
    let record = this.#calls.get(call)
    if (!record) {
      record = { signed: new Set(), sent: new Set() }
      this.#calls.set(call, record)
    }
    return record
  }

  /** Each problem once: what is wrong stays wrong for a while. */
  #report(problem: string): void {
    if (this.violations.includes(problem)) return
    this.violations.push(problem)
    this.#watched.scheduler.note({ name: '!!!', isAlive: true, pausedUntilMs: 0 }, problem)
  }
}
