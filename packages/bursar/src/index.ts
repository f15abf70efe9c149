export type { AtomicUsdc, ErrorCode, MoneyState, NetworkId, UsdcAmount } from '@bursar/core'
export {
  BASE,
  BursarError,
  bursarErrorOf,
  formatUsdc,
  isBursarError,
  parseUsdc,
  SOLANA_MAINNET
} from '@bursar/core'
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
export type { Balances, BalancesQuery, PrepaidBalance, WalletBalance } from './balances.js'
export type { Bursar } from './bursar.js'
export type { BursarOptions } from './create-bursar.js'
export { createBursar } from './create-bursar.js'
