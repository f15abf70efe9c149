export type { RpcFetch, RpcTransport, RpcUrls } from '@bursar/core'
export type {
  SolanaAccount,
  SolanaKeypair,
  SolanaKitModifyingSigner,
  SolanaKitSigner,
  SolanaKitTransaction,
  SolanaPublicKey,
  SolanaTransaction,
  SolanaWallet
} from './account/solana-account.js'
export type { SolanaPayer, SolanaPayerOptions } from './solana-payer.js'
export { createSolanaPayer } from './solana-payer.js'
