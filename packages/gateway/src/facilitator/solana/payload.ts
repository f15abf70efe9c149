import { createHash } from 'node:crypto'
import { exactSolanaPayloadSchema, katanaSolanaPayloadSchema } from '@bursar/core/wire'
import { VersionedTransaction } from '@solana/web3.js'
import type { PaymentIdentity, SubmittedPayment } from '../facilitator.js'

/** A payload that could be read. Nothing of it is checked yet. */
export interface SolanaPayload {
  readonly transaction: VersionedTransaction
  /** The payer that a Katana payload names. */
  readonly payer?: string
}

/** Reads the payload in the payment's dialect, and the transaction in it. */
export function readPayload({ payload, dialect }: SubmittedPayment): SolanaPayload | undefined {
  const schema = dialect === 'katana' ? katanaSolanaPayloadSchema : exactSolanaPayloadSchema
  const parsed: { transaction: string; payer?: string } | undefined = schema.safeParse(payload).data
  if (!parsed) return undefined
  try {
    const bytes = Buffer.from(parsed.transaction, 'base64')
    const transaction = VersionedTransaction.deserialize(bytes)
    // Bytes that web3.js reads but would write differently are not what the payer signed.
    if (transaction.version !== 0 || !bytes.equals(transaction.serialize())) return undefined
    return parsed.payer === undefined ? { transaction } : { transaction, payer: parsed.payer }
  } catch {
    return undefined
  }
}

/** The payer signs right after the fee payer. The hash of the message identifies what was authorized. */
export function identityOf({ transaction: { message } }: SolanaPayload): PaymentIdentity | undefined {
  const payer = message.staticAccountKeys[1]?.toBase58()
  if (payer === undefined) return undefined
  return { ok: true, payer, reference: createHash('sha256').update(message.serialize()).digest('hex') }
}
