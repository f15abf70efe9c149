export type { AtomicUsdc, ErrorCode, MoneyState, NetworkId, UsdcAmount } from '@bursar/core'
export { BursarError, bursarErrorOf, formatUsdc, isBursarError, parseUsdc } from '@bursar/core'
export type {
  Allowances,
  BursarEvent,
  BursarEventType,
  BursarFetch,
  BursarRequestInit,
  CallOptions,
  Limits,
  PaymentProposal,
  Quote,
  QuotedOffer,
  Receipt
} from '@bursar/fetch'
export { receiptOf } from '@bursar/fetch'
export type { Balances, PrepaidBalance, WalletBalance } from './balances.js'
export type { Bursar, BursarOptions, ReconcileOptions, RelaySetup } from './create-bursar.js'
export { createBursar, wrapFetch } from './create-bursar.js'
export type { KatanaSetup, PaidKatana } from './katana.js'
export type { PrepaidOrigins } from './prepaid-routes.js'
export type { RetargetSetup } from './retarget.js'
export type { PaidVenice, VeniceSetup } from './venice.js'
