import type { PurchaseEvidence } from './evidence.js'
import type { Purchase, PurchaseAuthorization, TokenCounts } from './purchase.js'
import type { SignedBytes } from './signed-bytes.js'

/** The newest authorization of a purchase, where one was signed. */
export function authorizationOf(purchase: Purchase): PurchaseAuthorization | undefined {
  return 'authorization' in purchase ? purchase.authorization : undefined
}

/** The signed bytes, if they are still kept. */
export function bytesOf(purchase: Purchase): SignedBytes | undefined {
  return 'bytes' in purchase ? purchase.bytes : undefined
}

/** The settling transaction, where it is known. */
export function transactionOf(purchase: Purchase): string | undefined {
  return 'transaction' in purchase ? purchase.transaction : undefined
}

/** What the seller signed of it, where it signs. */
export function evidenceOf(purchase: Purchase): PurchaseEvidence | undefined {
  return 'evidence' in purchase ? purchase.evidence : undefined
}

/** What a text took that an account or a balance was charged for, where its answer says so. */
export function tokensOf(purchase: Purchase): TokenCounts | undefined {
  return 'tokens' in purchase ? purchase.tokens : undefined
}

/** When it settled, where it did. Unix milliseconds. */
export function settledAtMsOf(purchase: Purchase): number | undefined {
  return purchase.state === 'settled' ? purchase.settledAtMs : undefined
}
