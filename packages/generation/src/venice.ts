export type {
  AccountOffer,
  AtomicUsdc,
  BalanceOffer,
  DebitPurchase,
  JsonObject,
  JsonValue,
  NetworkId,
  PaidToken,
  PaymentHeader,
  PaymentOffer,
  Purchase,
  PurchaseAuthorization,
  PurchaseEvidence,
  ServiceBursar,
  SignedBytes,
  SignedPayment,
  TokenCounts,
  UsdcAmount
} from '@bursar/core'
export type {
  BalanceFetch,
  ChargeListener,
  Movement,
  PlainFetch,
  Prepaid,
  TopUp,
  TopUpOption,
  TopUpRule
} from '@bursar/prepaid'
export type { SdkFetch } from './shared/sdk/sdk-fetch.js'
export type { SdkOptions } from './shared/service/sdk-options.js'
export type { Venice, VeniceOptions } from './venice/create-venice.js'
export { createVenice } from './venice/create-venice.js'
export { retarget } from './venice/retarget.js'
export type { RetargetedFetch, RetargetFetchOptions, RetargetTarget } from './venice/retarget-fetch.js'
export { retargetFetch } from './venice/retarget-fetch.js'
export type { KatanaRequest, RetargetOptions, VeniceRequest } from './venice/retarget-options.js'
