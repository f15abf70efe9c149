import { VersionedTransaction } from '@solana/web3.js'
import * as z from 'zod'
import type { SubmittedPayment } from '../facilitator.js'

/** A transaction has at most 1232 bytes. */
const transaction = z.base64().max(1644)

/** The standard's payload. @see x402 v2, exact scheme on SVM */
const standardPayload = z.strictObject({ transaction })
/** Katana 36: who pays is named beside the transaction. */
const katanaPayload = z.strictObject({ payer: z.string().max(44), transaction })

/** A payload, read: nothing of it is checked yet. */
export interface SolanaPayload {
  readonly transaction: VersionedTransaction
  /** Katana's. */
  readonly payer?: string
}

/** Reads the payload in the claim's dialect, and the transaction in it. */
export function readPayload({ payload, dialect }: SubmittedPayment): SolanaPayload | undefined {
  const schema = dialect === 'katana' ? katanaPayload : standardPayload
  const read: { transaction: string; payer?: string } | undefined = schema.safeParse(payload).data
  if (!read) return undefined
  try {
    const bytes = Buffer.from(read.transaction, 'base64')
    const transaction = VersionedTransaction.deserialize(bytes)
    // What web3.js reads and would not write back the same way is not what the payer signed.
    if (transaction.version !== 0 || !bytes.equals(transaction.serialize())) return undefined
    return read.payer === undefined ? { transaction } : { transaction, payer: read.payer }
  } catch {
    return undefined
  }
}
