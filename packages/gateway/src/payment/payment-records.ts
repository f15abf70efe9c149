import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import { BoundedMap } from '../server/bounded-map.js'
import type { HttpResponse } from '../server/response.js'

/** How a payment came out. */
export type Outcome =
  /** Verification refused it: nothing was sent. */
  | { readonly kind: 'refused'; readonly reason: RejectionReason }
  /** Settlement failed: nothing moved. */
  | { readonly kind: 'failed'; readonly reason: RejectionReason; readonly transaction: string }
  /** The transfer is out and not seen. */
  | { readonly kind: 'pending'; readonly transaction: string }
  /** Settled, and the work is done. */
  | { readonly kind: 'answered'; readonly response: HttpResponse }

/** A payment that has been taken up. It holds no signature: the header is kept as its hash. */
export interface PaymentRecord {
  readonly requestFingerprint: string
  readonly headerHash: string
  outcome: Promise<Outcome>
}

const MAX_RECORDS = 20_000

/** Payments by network, payer and nonce: each authorises one request (Katana 48). */
export class PaymentRecords {
  readonly #records = new BoundedMap<string, PaymentRecord>(MAX_RECORDS)

  get(key: string): PaymentRecord | undefined {
    return this.#records.get(key)
  }

  /**
   * Takes a payment up before anything is awaited, so that two arrivals of it cannot both be first.
   */
  take(key: string, record: PaymentRecord): void {
    this.#records.set(key, record)
    this.#forgetUnlessMoved(key, record)
  }

  /**
   * Looks again for a transfer that had not been seen. Chained, so that of several arrivals only one finds it
   * landed and does the work.
   */
  again(
    key: string,
    record: PaymentRecord,
    follow: (transaction: string) => Promise<Outcome>
  ): Promise<Outcome> {
    record.outcome = record.outcome.then((outcome) =>
      outcome.kind === 'pending' ? follow(outcome.transaction) : outcome
    )
    this.#forgetUnlessMoved(key, record)
    return record.outcome
  }

  #forgetUnlessMoved(key: string, record: PaymentRecord): void {
    const forget = (): void => this.#records.delete(key)
    void record.outcome.then(({ kind }) => {
      if (kind === 'refused' || kind === 'failed') forget()
    }, forget)
  }
}
