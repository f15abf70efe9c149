import { evidenceOf, isJsonObject, type JsonObject, type Purchase, sameAddress } from '@bursar/core'
import { infoOf, readStatement } from '@bursar/core/wire'
import { offerRemarks, receiptRemarks } from './remarks.js'
import { signerOf } from './signer-of.js'
import type { StatementKind } from './statement-hash.js'

/** What a signed offer or a signed receipt is worth. */
export interface StatementVerdict {
  /**
   * `by-payee`: by the address that was paid. `by-another`: by a key of which nothing here says that it may sign for the
   * seller; a text in the EIP-712 form that was changed looks like that too. `wrong`: it is no signature of this text.
   * `unread`: its key would have to be fetched (did:web).
   */
  readonly signature: 'by-payee' | 'by-another' | 'wrong' | 'unread'
  /** The address or the DID that signed it. */
  readonly signer?: string
  /** What in it is other than in the purchase, as text. */
  readonly remarks: readonly string[]
}

/** What the evidence of a purchase is worth. What the seller did not give is absent. */
export interface EvidenceVerdict {
  readonly offer?: StatementVerdict
  readonly receipt?: StatementVerdict
}

/** Verifies what a seller signed of a purchase. It asks nobody, and a wrong signature is a verdict, not an error. */
export async function judgeEvidence(purchase: Purchase): Promise<EvidenceVerdict> {
  const { offer, settlement } = evidenceOf(purchase) ?? {}
  const receipt = infoOf(settlement)?.receipt
  return {
    ...(offer && { offer: await judge('offer', offer, purchase) }),
    ...(isJsonObject(receipt) && { receipt: await judge('receipt', receipt, purchase) })
  }
}

async function judge(kind: StatementKind, signed: JsonObject, purchase: Purchase): Promise<StatementVerdict> {
  const statement = readStatement(signed)
  if (!statement) return { signature: 'wrong', remarks: ['it has neither of the two forms'] }
  const remarks = (kind === 'offer' ? offerRemarks : receiptRemarks)(statement.payload, purchase)
  const found = await signerOf(kind, statement)
  if (typeof found === 'string') return { signature: found, remarks }
  const { name: signer, address = '' } = found
  return {
    signature: sameAddress(address, purchase.offer.payTo) ? 'by-payee' : 'by-another',
    signer,
    remarks
  }
}
