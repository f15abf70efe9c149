import { BoundedMap } from '@bursar/core/bounded-map'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { HttpResponse } from '../server/response.js'
import type { Fulfilment } from './charge.js'

/** The transfer was sent and has not been seen in a block. */
export interface PendingOutcome {
  readonly kind: 'pending'
  readonly transaction: string
  /** Of an upto payment, whose work is done before. */
  readonly work?: Fulfilment
}

/** How a payment ended. */
export type Outcome =
  /** Verification failed. Nothing was sent. */
  | { readonly kind: 'rejected'; readonly reason: RejectionReason }
  /** Settlement failed. No money moved. */
  | { readonly kind: 'failed'; readonly reason: RejectionReason; readonly transaction: string }
  | PendingOutcome
  /** The transfer settled and the work is done. */
  | { readonly kind: 'fulfilled'; readonly response: HttpResponse }

/** A payment that was received. It holds no signature: of the header, only the hash is kept. */
export interface PaymentRecord {
  readonly requestFingerprint: string
  readonly headerHash: string
  outcome: Promise<Outcome>
}

const MAX_RECORDS = 20_000

/** Payments by network, payer and nonce. Each authorizes one request (Katana 48). */
export class PaymentRecords {
  readonly #records = new BoundedMap<string, PaymentRecord>(MAX_RECORDS)

  get(key: string): PaymentRecord | undefined {
    return this.#records.get(key)
  }

  /** Adds a payment. Nothing may be awaited between `get` and `add`, or two arrivals could both be first. */
  add(key: string, record: PaymentRecord): void {
    this.#records.set(key, record)
    this.#forgetIfNothingMoved(key, record)
  }

  /**
   * Looks again for a transfer that was pending. Calls are chained, so that only one of several simultaneous
   * requests finds the transfer landed and does the work.
   */
  retry(
    key: string,
    record: PaymentRecord,
    find: (pending: PendingOutcome) => Promise<Outcome>
  ): Promise<Outcome> {
    record.outcome = record.outcome.then((outcome) => (outcome.kind === 'pending' ? find(outcome) : outcome))
    this.#forgetIfNothingMoved(key, record)
    return record.outcome
  }

  #forgetIfNothingMoved(key: string, record: PaymentRecord): void {
    const forget = (): void => void this.#records.delete(key)
    void record.outcome.then(({ kind }) => {
      if (kind === 'rejected' || kind === 'failed') forget()
    }, forget)
  }
}
