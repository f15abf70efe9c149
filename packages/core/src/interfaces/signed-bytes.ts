import type { Dialect } from '../dialect/dialect.js'
import type { SignedPayment } from './payer.js'

/** The header that pays, kept so that the same bytes can be sent again. Secret until settled. */
export interface PaymentHeader {
  readonly name: Dialect['requestHeader']
  readonly value: string
  /** The same authorization in a second header, where it is not known which of the two the server reads. */
  readonly also?: Omit<PaymentHeader, 'also'>
}

/** What an inspector asks first, also one that calls getters. */
const inspected = Symbol.for('nodejs.util.inspect.custom')

/**
 * The signed bytes: anyone who has them can settle the payment, once. They are private fields, so that a purchase can
 * be logged, inspected, cloned or written as JSON without showing them.
 */
export class SignedBytes {
  readonly #payment: SignedPayment
  readonly #header: PaymentHeader

  constructor(payment: SignedPayment, header: PaymentHeader) {
    this.#payment = payment
    this.#header = header
  }

  /** The authorization, with the signature in its payload. */
  get payment(): SignedPayment {
    return this.#payment
  }

  /** The header that carries it. */
  get header(): PaymentHeader {
    return this.#header
  }

  /** Leaves the bytes out of JSON. */
  toJSON(): undefined {
    return undefined
  }

  /** Leaves the bytes out of a log. */
  [inspected](): string {
    return 'SignedBytes {}'
  }
}
