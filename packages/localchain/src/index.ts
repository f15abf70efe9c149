export type { BaseChain, BaseChainOptions, UsedAuthorization } from './base-chain.js'
export { startBase } from './base-chain.js'
export type { DevAccount } from './dev-accounts.js'
