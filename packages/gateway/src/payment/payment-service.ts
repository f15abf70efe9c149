import { type Facilitator, FacilitatorUnavailable } from '../facilitator/facilitator.js'
import { fingerprintOf } from '../server/request.js'
import { sha256 } from '../server/request-body.js'
import { errorResponse, type HttpResponse } from '../server/response.js'
import type { RequestContext } from '../server/route.js'
import { buildOffers } from './build-offers.js'
import type { Charge } from './charge.js'
import { IssuedOffers } from './issued-offers.js'
import { type PaymentAttempt, type QuotedRequest, readAttempt } from './payment-attempt.js'
import { type Outcome, PaymentRecords } from './payment-records.js'
import { failedSettlement, retryPending, settleAttempt } from './settle-attempt.js'

/** What happens to a paid request that arrives again unchanged. Katana does not document which. */
export type ReplayPolicy = 'answer' | 'reject'

/** Sends challenges, verifies and settles payments, and only then lets the work begin. */
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

  /** Answers a request for something that costs: with a challenge, or with what was bought. */
  async sell({ request, faults }: RequestContext, charge: Charge): Promise<HttpResponse> {
    const honestOffers = buildOffers(this.#facilitators, charge)
    const offers = faults.onOffers(honestOffers)
    const quoted: QuotedRequest = { request, charge, faults, honestOffers, offers }
    const header = charge.protocol.paymentHeader(request)
    if (header === undefined) return this.#challenge(quoted, 'Payment required')
    const attempt = readAttempt(quoted, header, this.#issued.of(charge.quoteKey))
    if (typeof attempt === 'string') return this.#challenge(quoted, attempt)
    try {
      return await this.#pay(attempt, header)
    } catch (error) {
      if (!(error instanceof FacilitatorUnavailable)) throw error
      return errorResponse(502, 'facilitator_unavailable', 'The chain could not be asked.')
    }
  }

  #challenge(quoted: QuotedRequest, error: string): HttpResponse {
    const { charge, faults, honestOffers, offers } = quoted
    this.#issued.remember(charge.quoteKey, offers, honestOffers)
    const { protocol, resource } = charge
    return faults.onChallenge(protocol.challenge({ offers, error, resource }))
  }

  async #pay(attempt: PaymentAttempt, header: string): Promise<HttpResponse> {
    const { quoted, facilitator, identity } = attempt
    const interruption = quoted.faults.beforeSettling()
    if (interruption) return interruption
    const requestFingerprint = await fingerprintOf(quoted.request)
    const headerHash = sha256(header)
    const key = `${facilitator.network}/${identity.reference}`
    const known = this.#records.get(key)
    if (!known) {
      const outcome = settleAttempt(attempt)
      this.#records.add(key, { requestFingerprint, headerHash, outcome })
      return this.#respond(attempt, await outcome)
    }
    if (known.requestFingerprint !== requestFingerprint)
      return this.#challenge(quoted, 'payment_bound_to_another_request')
    if (this.#replay === 'reject' || known.headerHash !== headerHash)
      return this.#challenge(quoted, 'nonce_already_used')
    const outcome = this.#records.retry(key, known, (pending) => retryPending(attempt, pending))
    return this.#respond(attempt, await outcome)
  }

  async #respond(attempt: PaymentAttempt, outcome: Outcome): Promise<HttpResponse> {
    const { quoted } = attempt
    switch (outcome.kind) {
      case 'rejected':
        return this.#challenge(quoted, outcome.reason)
      case 'failed':
        return failedSettlement(attempt, outcome.reason, outcome.transaction)
      case 'pending':
        return failedSettlement(attempt, 'settlement_pending', outcome.transaction)
      case 'fulfilled':
        return quoted.faults.afterSettling(outcome.response, () =>
          this.#challenge(quoted, 'Payment required')
        )
    }
  }
}
