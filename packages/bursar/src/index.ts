export type { OptionCheck, OptionChecks } from '@bursar/core'
export {
  BASE,
  BursarError,
  bursarErrorOf,
  formatUsdc,
  isBursarError,
  parseUsdc,
  SOLANA_MAINNET
} from '@bursar/core'
export { receiptOf } from '@bursar/fetch'
export type {
  SolanaAccount,
  SolanaKeypair,
  SolanaKitModifyingSigner,
  SolanaKitSigner,
  SolanaKitTransaction,
  SolanaPublicKey,
  SolanaTransaction,
  SolanaWallet
} from '@bursar/solana'
export type { BursarOptions } from './create-bursar.js'
export { bursarChecks, createBursar } from './create-bursar.js'
export type * from './paying-types.js'
