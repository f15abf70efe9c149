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
export type { RpcUrls } from './rpc/chain-reader.js'
export type { SolanaPayer, SolanaPayerOptions } from './solana-payer.js'
export { solanaPayer } from './solana-payer.js'
