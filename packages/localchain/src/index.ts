export type { BaseChain, BaseChainOptions, UsedAuthorization } from './base/base-chain.js'
export { startBase } from './base/base-chain.js'
export type { DevAccount } from './base/dev-accounts.js'
