export type { BalanceFetch, ChargeListener } from './balance-fetch.js'
export type { Prepaid, PrepaidOptions } from './prepaid.js'
export { createPrepaid } from './prepaid.js'
export type { PlainFetch } from './prepaid-context.js'
export type {
  CreditedTopUp,
  Movement,
  MovementsPage,
  PrepaidRequest,
  PrepaidService,
  RejectedCall,
  Shortfall
} from './service.js'
export type { TopUp } from './top-up.js'
export type { TopUpOption, TopUpRule } from './top-up-rule.js'
export type { PrepaidWallet } from './wallet.js'
