export type { HasPrepaidAccount, NetworkId, PrepaidAccount, ServiceBursar } from '@bursar/core'
export type { KatanaBalanceOptions } from './katana/prepaid/create-katana-balance.js'
export { createKatanaBalance } from './katana/prepaid/create-katana-balance.js'
