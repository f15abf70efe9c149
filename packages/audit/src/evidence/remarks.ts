import {
  authorizationOf,
  type JsonObject,
  type Purchase,
  sameAddress,
  settledAtMsOf,
  transactionOf
} from '@bursar/core'

/** A receipt is made when the payment settles. */
const MAX_AGE_SECONDS = 3600

/** What in a signed offer does not fit the purchase. Its terms fit, since it was found by them. */
export function offerRemarks(payload: JsonObject, purchase: Purchase): readonly string[] {
  const { validUntil } = payload
  const reservedAt = purchase.reservedAtMs / 1000
  const isOver = typeof validUntil === 'number' && validUntil > 0 && validUntil < Math.floor(reservedAt)
  return list(
    isFor(payload, purchase) ? undefined : 'it is for another resource',
    isOver ? 'it was over when it was paid' : undefined
  )
}

/** What in a signed receipt does not fit the purchase. It says nothing of the amount. */
export function receiptRemarks(payload: JsonObject, purchase: Purchase): readonly string[] {
  const { network, payer, issuedAt, transaction } = payload
  const paidBy = authorizationOf(purchase)?.payer ?? ''
  const settledAtMs = settledAtMsOf(purchase) ?? purchase.reservedAtMs
  const age = typeof issuedAt === 'number' ? Math.abs(settledAtMs / 1000 - issuedAt) : Infinity
  const known = transactionOf(purchase)
  const isOther = Boolean(transaction) && known !== undefined && !isSame(transaction, known)
  return list(
    isFor(payload, purchase) ? undefined : 'it is for another resource',
    network === purchase.offer.network ? undefined : 'it is of another network',
    isSame(payer, paidBy) ? undefined : 'it names another payer',
    age < MAX_AGE_SECONDS ? undefined : 'it was made more than an hour before or after the payment',
    isOther ? 'it names another transaction' : undefined
  )
}

/** The ledger keeps no query. A server behind a proxy may not know that it is reached by https. */
function isFor({ resourceUrl }: JsonObject, { origin, path }: Purchase): boolean {
  if (typeof resourceUrl !== 'string' || !URL.canParse(resourceUrl)) return false
  const { host, pathname } = new URL(resourceUrl)
  return host === new URL(origin).host && pathname === path
}

function isSame(said: JsonObject[string] | undefined, known: string): boolean {
  return typeof said === 'string' && sameAddress(said, known)
}

function list(...remarks: readonly (string | undefined)[]): readonly string[] {
  return remarks.filter((remark) => remark !== undefined)
}
