/** What enters calls to accounts and balances in the ledger, in one module: a page that only pays does not load it. */
export { correctJob } from './metered-call.js'
export { openAccountCall } from './open-account-call.js'
export { openBalanceCall } from './open-balance-call.js'
