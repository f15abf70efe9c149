import type { Connection, PublicKey, VersionedTransaction } from '@solana/web3.js'
import type { Requirements, SubmittedPayment } from '../facilitator.js'
import type { RejectionReason } from '../rejection-reasons.js'

/** One instruction with its accounts looked up. */
export interface Instruction {
  readonly program: PublicKey
  readonly accounts: readonly PublicKey[]
  readonly data: Buffer
}

/** What the checks of one payment look at. */
export interface CheckContext {
  readonly connection: Connection
  readonly requirements: Requirements
  readonly dialect: SubmittedPayment['dialect']
  readonly network: string
  readonly transaction: VersionedTransaction
  readonly instructions: readonly Instruction[]
  /** Who the payload says pays, in Katana's dialect. */
  readonly payer: string | undefined
  readonly mint: PublicKey
  readonly payTo: PublicKey
  /** Who must be account 0: the offer's fee payer, else the payee. */
  readonly feePayer: PublicKey
  /** The gateway's own accounts, none of which may be made to pay. */
  readonly own: readonly PublicKey[]
}

/** One condition of a payment. Gives the reason when it does not hold. */
export type Check = (
  context: CheckContext
) => Promise<RejectionReason | undefined> | RejectionReason | undefined
