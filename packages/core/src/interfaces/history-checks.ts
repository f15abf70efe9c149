import { type OptionChecks, recordOf } from '../options/check-options.js'
import {
  checkHost,
  checkNetworkId,
  checkStorableText,
  oneOf,
  wholeNumberFrom
} from '../options/option-checks.js'
import type { HistoryQuery } from './ledger.js'
import type { PurchaseState } from './purchase.js'

/** Every state, so that a new one does not compile without its place here. */
const states: Readonly<Record<PurchaseState, true>> = {
  reserved: true,
  signed: true,
  sent: true,
  settled: true,
  dead: true,
  released: true
}

const checkTime = wholeNumberFrom(0, Number.MAX_SAFE_INTEGER)

/** What a {@link HistoryQuery} may hold. */
export const historyChecks: OptionChecks<HistoryQuery> = {
  fromMs: checkTime,
  untilMs: checkTime,
  host: checkHost,
  network: checkNetworkId,
  state: oneOf(...Object.keys(states)),
  job: checkStorableText,
  idPrefix: checkStorableText,
  labels: recordOf(checkStorableText)
}
