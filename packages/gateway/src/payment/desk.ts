import {
  type Claim,
  type Facilitator,
  FacilitatorUnavailable,
  type Identity
} from '../facilitator/facilitator.js'
import type { RefusalReason } from '../facilitator/reasons.js'
import type { ActiveFaults } from '../faults/active-faults.js'
import { type Answer, errorAnswer, withHeaders } from '../server/answer.js'
import { type Arrival, fingerprintOf } from '../server/arrival.js'
import { sha256 } from '../server/body.js'
import { IssuedOffers } from './issued-offers.js'
import { type Outcome, type PaymentRecord, PaymentRecords } from './payment-records.js'
import type { Offered, Price, Protocol, Sale } from './protocol.js'

/** A payment that settled. */
interface Receipt {
  readonly payer: string
  readonly facilitator: Facilitator
  /** Atomic units. */
  readonly amountAtomic: bigint
  readonly transaction: string
}

/** What a request wants and what it costs. */
export interface Order {
  readonly price: Price
  readonly sale: Sale
  /** Names the request by what its price depends on. */
  readonly quoteKey: string
  /** Does the work. Called once for a settled payment, never before. */
  fulfil(receipt: Receipt): Promise<Answer>
}

/** What becomes of a paid request that arrives again unchanged. Katana does not document which. */
export type ReplayPolicy = 'answer' | 'refuse'

/** One request at the desk. */
interface Visit {
  readonly arrival: Arrival
  readonly protocol: Protocol
  readonly order: Order
  readonly faults: ActiveFaults
  readonly honest: readonly Offered[]
  readonly offers: readonly Offered[]
}

/** A payment that has been read and belongs to an offer. */
interface Taking {
  readonly visit: Visit
  readonly facilitator: Facilitator
  readonly claim: Claim
  readonly identity: Identity
}

/** Challenges, verifies, settles, and only then lets the work begin. */
export class PaymentDesk {
  readonly #facilitators: readonly Facilitator[]
  readonly #replay: ReplayPolicy
  readonly #records = new PaymentRecords()
  readonly #issued = new IssuedOffers()

  /** @param facilitators in the order in which their offers are listed. */
  constructor(facilitators: readonly Facilitator[], replay: ReplayPolicy) {
    this.#facilitators = facilitators
    this.#replay = replay
  }

  /** Answers a request for something that costs. */
  async serve(arrival: Arrival, protocol: Protocol, order: Order, faults: ActiveFaults): Promise<Answer> {
    const honest = this.#facilitators.map(
      (facilitator): Offered => ({
        facilitator,
        wire: protocol.buildOffer(facilitator, order.price, order.sale)
      })
    )
    const visit: Visit = { arrival, protocol, order, faults, honest, offers: faults.onOffers(honest) }
    const header = protocol.paymentHeader(arrival)
    if (header === undefined) return this.#challenge(visit, 'Payment required')
    const taking = this.#take(visit, header)
    if (typeof taking === 'string') return this.#challenge(visit, taking)
    try {
      return await this.#charge(taking, header)
    } catch (error) {
      if (!(error instanceof FacilitatorUnavailable)) throw error
      return errorAnswer(502, 'facilitator_unavailable', 'The chain could not be asked.')
    }
  }

  #challenge(visit: Visit, error: string): Answer {
    const { protocol, order, faults, honest, offers } = visit
    this.#issued.remember(order.quoteKey, offers, honest)
    return faults.onChallenge(protocol.challenge({ offers, error, sale: order.sale }))
  }

  /** Reads the header and finds the offer that it takes up. */
  #take(visit: Visit, header: string): Taking | RefusalReason {
    const { protocol, order, offers } = visit
    const payment = protocol.readPayment(header)
    if (typeof payment === 'string') return payment
    const candidates = [...offers, ...this.#issued.of(order.quoteKey)]
    const offered = candidates.find(({ wire }) => protocol.takesUp(payment, wire))
    if (!offered) return 'accepted_mismatch'
    const { facilitator } = offered
    const requirement = protocol.requirementOf(offered)
    if (!requirement) return 'accepted_mismatch'
    const claim: Claim = { requirement, payload: payment.payload, dialect: protocol.dialect }
    const identity = facilitator.identify(claim)
    return identity.ok ? { visit, facilitator, claim, identity } : identity.reason
  }

  async #charge(taking: Taking, header: string): Promise<Answer> {
    const { visit, facilitator, identity } = taking
    const interruption = visit.faults.beforeSettling()
    if (interruption) return interruption
    const requestFingerprint = await fingerprintOf(visit.arrival)
    const headerHash = sha256(header)
    const key = `${facilitator.network}/${identity.reference}`
    const known = this.#records.get(key)
    if (!known) {
      const record: PaymentRecord = { requestFingerprint, headerHash, outcome: this.#settle(taking) }
      this.#records.take(key, record)
      return this.#answer(taking, await record.outcome)
    }
    if (known.requestFingerprint !== requestFingerprint) {
      return this.#challenge(visit, 'payment_bound_to_another_request' satisfies RefusalReason)
    }
    if (this.#replay === 'refuse' || known.headerHash !== headerHash) {
      return this.#challenge(visit, 'nonce_already_used' satisfies RefusalReason)
    }
    const outcome = this.#records.again(key, known, (transaction) => this.#follow(taking, transaction))
    return this.#answer(taking, await outcome)
  }

  async #settle(taking: Taking): Promise<Outcome> {
    const { visit, facilitator, claim } = taking
    const offsetSeconds = visit.faults.clockOffsetSeconds()
    const verdict = await facilitator.verify(claim, offsetSeconds)
    if (!verdict.ok) return { kind: 'refused', reason: verdict.reason }
    return this.#conclude(
      taking,
      await facilitator.settle(claim, visit.faults.settleOptions(), offsetSeconds)
    )
  }

  async #follow(taking: Taking, transaction: string): Promise<Outcome> {
    return this.#conclude(taking, await taking.facilitator.follow(taking.claim, transaction))
  }

  async #conclude(taking: Taking, settlement: Awaited<ReturnType<Facilitator['settle']>>): Promise<Outcome> {
    if (settlement.outcome === 'pending') return { kind: 'pending', transaction: settlement.transaction }
    if (settlement.outcome === 'failed') {
      return { kind: 'failed', reason: settlement.reason, transaction: settlement.transaction ?? '' }
    }
    return { kind: 'answered', answer: await this.#fulfil(taking, settlement.transaction) }
  }

  async #fulfil(taking: Taking, transaction: string): Promise<Answer> {
    const { visit, facilitator, claim, identity } = taking
    const amountAtomic = BigInt(claim.requirement.amount)
    const answer = await visit.order
      .fulfil({ payer: identity.payer, facilitator, amountAtomic, transaction })
      .catch(() => errorAnswer(500, 'internal_error', 'The work failed after the payment was settled.'))
    return withHeaders(answer, this.#receipt(taking, { success: true, transaction }))
  }

  async #answer(taking: Taking, outcome: Outcome): Promise<Answer> {
    const { visit } = taking
    switch (outcome.kind) {
      case 'refused':
        return this.#challenge(visit, outcome.reason)
      case 'failed':
        return this.#settlementFailed(taking, outcome.reason, outcome.transaction)
      case 'pending':
        return this.#settlementFailed(taking, 'settlement_pending', outcome.transaction)
      case 'answered':
        return visit.faults.afterSettling(outcome.answer, () => this.#challenge(visit, 'Payment required'))
    }
  }

  /** A settlement that failed tells so in PAYMENT-RESPONSE, and makes no new challenge. */
  #settlementFailed(taking: Taking, errorReason: RefusalReason, transaction: string): Answer {
    const answer = errorAnswer(402, 'settlement_failed', errorReason)
    return withHeaders(answer, this.#receipt(taking, { success: false, errorReason, transaction }))
  }

  #receipt(
    { visit, facilitator, claim, identity }: Taking,
    result: { readonly success: boolean; readonly errorReason?: RefusalReason; readonly transaction: string }
  ): Readonly<Record<string, string>> {
    const { amount } = claim.requirement
    return visit.protocol.receipt({ ...result, payer: identity.payer, facilitator, amount })
  }
}
