import type { Connection, PublicKey, VersionedTransaction } from '@solana/web3.js'
import type { Requirements, SubmittedPayment } from '../facilitator.js'
import type { RejectionReason } from '../rejection-reasons.js'

/** One instruction, with its accounts as addresses. */
export interface Instruction {
  readonly program: PublicKey
  readonly accounts: readonly PublicKey[]
  readonly data: Buffer
}

/** What the checks of one payment have to work with. */
export interface CheckContext {
  readonly connection: Connection
  readonly requirements: Requirements
  readonly dialect: SubmittedPayment['dialect']
  readonly network: string
  readonly transaction: VersionedTransaction
  readonly instructions: readonly Instruction[]
  /** The payer that the payload names, in Katana's dialect. */
  readonly payer: string | undefined
  readonly mint: PublicKey
  readonly payTo: PublicKey
  /** The key that account 0 must be: the offer's fee payer, or the payee when it names none. */
  readonly feePayer: PublicKey
  /** The gateway's own accounts. No payment may take tokens from them. */
  readonly ownKeys: readonly PublicKey[]
}

/** One condition that a payment must meet. Returns the reason when it does not. */
export type Check = (
  context: CheckContext
) => Promise<RejectionReason | undefined> | RejectionReason | undefined
