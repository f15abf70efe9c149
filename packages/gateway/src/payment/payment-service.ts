import {
  type Facilitator,
  FacilitatorUnavailable,
  type PaymentIdentity,
  type SubmittedPayment
} from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { ActiveFaults } from '../faults/active-faults.js'
import { fingerprintOf, type HttpRequest } from '../server/request.js'
import { sha256 } from '../server/request-body.js'
import { errorResponse, type HttpResponse, withHeaders } from '../server/response.js'
import { IssuedOffers } from './issued-offers.js'
import { type Outcome, type PaymentRecord, PaymentRecords } from './payment-records.js'
import type { Price, Protocol, Resource, ServerOffer } from './protocol.js'

/** A payment that settled. */
interface Receipt {
  readonly payer: string
  readonly facilitator: Facilitator
  /** Atomic units. */
  readonly amountAtomic: bigint
  readonly transaction: string
}

/** What a request wants and what it costs. */
export interface Charge {
  readonly price: Price
  readonly resource: Resource
  /** Names the request by what its price depends on. */
  readonly quoteKey: string
  /** Does the work. Called once for a settled payment, never before. */
  fulfil(receipt: Receipt): Promise<HttpResponse>
}

/** What becomes of a paid request that arrives again unchanged. Katana does not document which. */
export type ReplayPolicy = 'answer' | 'reject'

/** One request at the desk. */
interface QuotedRequest {
  readonly request: HttpRequest
  readonly protocol: Protocol
  readonly charge: Charge
  readonly faults: ActiveFaults
  readonly honest: readonly ServerOffer[]
  readonly offers: readonly ServerOffer[]
}

/** A payment that has been read and belongs to an offer. */
interface PaymentAttempt {
  readonly quoted: QuotedRequest
  readonly facilitator: Facilitator
  readonly payment: SubmittedPayment
  readonly identity: PaymentIdentity
}

/** Challenges, verifies, settles, and only then lets the work begin. */
export class PaymentService {
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
  async serve(
    request: HttpRequest,
    protocol: Protocol,
    charge: Charge,
    faults: ActiveFaults
  ): Promise<HttpResponse> {
    const honest = this.#facilitators.map(
      (facilitator): ServerOffer => ({
        facilitator,
        wire: protocol.buildOffer(facilitator, charge.price, charge.resource)
      })
    )
    const quoted: QuotedRequest = {
      request,
      protocol,
      charge,
      faults,
      honest,
      offers: faults.onOffers(honest)
    }
    const header = protocol.paymentHeader(request)
    if (header === undefined) return this.#challenge(quoted, 'Payment required')
    const attempt = this.#take(quoted, header)
    if (typeof attempt === 'string') return this.#challenge(quoted, attempt)
    try {
      return await this.#charge(attempt, header)
    } catch (error) {
      if (!(error instanceof FacilitatorUnavailable)) throw error
      return errorResponse(502, 'facilitator_unavailable', 'The chain could not be asked.')
    }
  }

  #challenge(quoted: QuotedRequest, error: string): HttpResponse {
    const { protocol, charge, faults, honest, offers } = quoted
    this.#issued.remember(charge.quoteKey, offers, honest)
    return faults.onChallenge(protocol.challenge({ offers, error, resource: charge.resource }))
  }

  /** Reads the header and finds the offer that it takes up. */
  #take(quoted: QuotedRequest, header: string): PaymentAttempt | RejectionReason {
    const { protocol, charge, offers } = quoted
    const parsed = protocol.parsePayment(header)
    if (typeof parsed === 'string') return parsed
    const candidates = [...offers, ...this.#issued.of(charge.quoteKey)]
    const offered = candidates.find(({ wire }) => protocol.matchesOffer(parsed, wire))
    if (!offered) return 'accepted_mismatch'
    const { facilitator } = offered
    const requirements = protocol.toRequirements(offered)
    if (!requirements) return 'accepted_mismatch'
    const payment: SubmittedPayment = { requirements, payload: parsed.payload, dialect: protocol.dialect }
    const identity = facilitator.identify(payment)
    return identity.ok ? { quoted, facilitator, payment, identity } : identity.reason
  }

  async #charge(attempt: PaymentAttempt, header: string): Promise<HttpResponse> {
    const { quoted, facilitator, identity } = attempt
    const interruption = quoted.faults.beforeSettling()
    if (interruption) return interruption
    const requestFingerprint = await fingerprintOf(quoted.request)
    const headerHash = sha256(header)
    const key = `${facilitator.network}/${identity.reference}`
    const known = this.#records.get(key)
    if (!known) {
      const record: PaymentRecord = { requestFingerprint, headerHash, outcome: this.#settle(attempt) }
      this.#records.take(key, record)
      return this.#response(attempt, await record.outcome)
    }
    if (known.requestFingerprint !== requestFingerprint) {
      return this.#challenge(quoted, 'payment_bound_to_another_request' satisfies RejectionReason)
    }
    if (this.#replay === 'reject' || known.headerHash !== headerHash) {
      return this.#challenge(quoted, 'nonce_already_used' satisfies RejectionReason)
    }
    const outcome = this.#records.again(key, known, (transaction) => this.#follow(attempt, transaction))
    return this.#response(attempt, await outcome)
  }

  async #settle(attempt: PaymentAttempt): Promise<Outcome> {
    const { quoted, facilitator, payment } = attempt
    const offsetSeconds = quoted.faults.clockOffsetSeconds()
    const verdict = await facilitator.verify(payment, offsetSeconds)
    if (!verdict.ok) return { kind: 'refused', reason: verdict.reason }
    return this.#conclude(
      attempt,
      await facilitator.settle(payment, quoted.faults.settleOptions(), offsetSeconds)
    )
  }

  async #follow(attempt: PaymentAttempt, transaction: string): Promise<Outcome> {
    return this.#conclude(attempt, await attempt.facilitator.follow(attempt.payment, transaction))
  }

  async #conclude(
    attempt: PaymentAttempt,
    settlement: Awaited<ReturnType<Facilitator['settle']>>
  ): Promise<Outcome> {
    if (settlement.outcome === 'pending') return { kind: 'pending', transaction: settlement.transaction }
    if (settlement.outcome === 'failed') {
      return { kind: 'failed', reason: settlement.reason, transaction: settlement.transaction ?? '' }
    }
    return { kind: 'answered', response: await this.#fulfil(attempt, settlement.transaction) }
  }

  async #fulfil(attempt: PaymentAttempt, transaction: string): Promise<HttpResponse> {
    const { quoted, facilitator, payment, identity } = attempt
    const amountAtomic = BigInt(payment.requirements.amount)
    const response = await quoted.charge
      .fulfil({ payer: identity.payer, facilitator, amountAtomic, transaction })
      .catch(() => errorResponse(500, 'internal_error', 'The work failed after the payment was settled.'))
    return withHeaders(response, this.#receipt(attempt, { success: true, transaction }))
  }

  async #response(attempt: PaymentAttempt, outcome: Outcome): Promise<HttpResponse> {
    const { quoted } = attempt
    switch (outcome.kind) {
      case 'refused':
        return this.#challenge(quoted, outcome.reason)
      case 'failed':
        return this.#failedSettlement(attempt, outcome.reason, outcome.transaction)
      case 'pending':
        return this.#failedSettlement(attempt, 'settlement_pending', outcome.transaction)
      case 'answered':
        return quoted.faults.afterSettling(outcome.response, () =>
          this.#challenge(quoted, 'Payment required')
        )
    }
  }

  /** A settlement that failed tells so in PAYMENT-RESPONSE, and makes no new challenge. */
  #failedSettlement(
    attempt: PaymentAttempt,
    errorReason: RejectionReason,
    transaction: string
  ): HttpResponse {
    const response = errorResponse(402, 'settlement_failed', errorReason)
    return withHeaders(response, this.#receipt(attempt, { success: false, errorReason, transaction }))
  }

  #receipt(
    { quoted, facilitator, payment, identity }: PaymentAttempt,
    result: {
      readonly success: boolean
      readonly errorReason?: RejectionReason
      readonly transaction: string
    }
  ): Readonly<Record<string, string>> {
    const { amount } = payment.requirements
    return quoted.protocol.receipt({ ...result, payer: identity.payer, facilitator, amount })
  }
}
