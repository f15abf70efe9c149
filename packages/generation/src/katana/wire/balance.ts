import type { JsonObject } from '@bursar/core'
import { object, text } from '../../shared/wire/tolerant-schemas.js'
import { tenthsOf } from './credits-fields.js'

/** What is left on an account. A prepaid wallet balance is not part of it (Katana 147). */
export interface AccountBalance {
  /** Decimal credits. */
  readonly credits: string
  readonly creditsTenths: bigint
}

/** What `GET /v1/me/balance` answers (Katana 147). */
const balanceSchema = object({ credits: text(40) })

/** Reads what is left on an account; `undefined` when it is no decimal text. */
export function readBalance(answer: JsonObject): AccountBalance | undefined {
  const { credits } = balanceSchema.parse(answer)
  const creditsTenths = tenthsOf(credits)
  return credits === undefined || creditsTenths === undefined ? undefined : { credits, creditsTenths }
}
