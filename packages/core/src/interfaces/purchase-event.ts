import type { AtomicUsdc } from '../amount/atomic.js'
import type { PurchaseEvidence } from './evidence.js'
import type { SignedPayment } from './payer.js'
import type { TokenCounts } from './purchase.js'
import type { PaymentHeader } from './signed-bytes.js'

/** A signed payment, and the header that carries it. */
export interface SignedEvent {
  readonly type: 'signed'
  readonly payment: SignedPayment
  readonly header: PaymentHeader
}

/** What happens to a purchase. */
export type PurchaseEvent =
  | SignedEvent
  /** A new authorization in place of one that the chain has proven dead. */
  | { readonly type: 'reissued'; readonly payment: SignedPayment; readonly header: PaymentHeader }
  | { readonly type: 'sent' }
  | {
      readonly type: 'settled'
      readonly transaction?: string | undefined
      /** By the chain: the time of the block. Unix milliseconds. Absent: not known. */
      readonly settledAtMs?: number | undefined
      /** What an `upto` payment took. Atomic units. Absent: not known, so that the most counts. */
      readonly amountAtomic?: bigint | undefined
      /** What an account or a balance was charged, when it is not what was reserved. */
      readonly cost?: AtomicUsdc | undefined
      /** What an account or a balance was charged for, where it was a text. */
      readonly tokens?: TokenCounts | undefined
      /** In place of the payment's evidence: with what the settlement adds to it. */
      readonly evidence?: PurchaseEvidence | undefined
    }
  /** The service has said later what it charged, such as when a job was done. */
  | { readonly type: 'corrected'; readonly cost: AtomicUsdc }
  /** The chain has proven that the authorization is dead: the newest, or the one of this public name if it still is that. */
  | { readonly type: 'dead'; readonly reference?: string | undefined }
  /** Nothing was signed, or an account was not billed. */
  | { readonly type: 'released' }
  /** The session that signed it has not sent it, and never will: nobody else has the bytes. */
  | { readonly type: 'discarded' }
  /** The caller has its answer. */
  | { readonly type: 'answered' }
  /** The server asks another price than this. It is never sent again: the call fails, and no equal call resumes it. */
  | { readonly type: 'withdrawn' }
  /** The caller got no answer; an equal call may resume the purchase. */
  | { readonly type: 'failed' }

export type PurchaseEventType = PurchaseEvent['type']
