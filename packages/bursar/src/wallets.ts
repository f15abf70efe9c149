export type {
  EvmProvider,
  SigningOptions,
  TypedDataDomain,
  TypedDataField,
  TypedDataSigner,
  WalletTypedData
} from '@bursar/evm'
export type { ConnectEvmOptions, ConnectedEvmWallet, FoundEvmWallet } from '@bursar/evm/wallets'
export { connectEvmWallet, findEvmWallets } from '@bursar/evm/wallets'
export type { SolanaPublicKey, SolanaTransaction, SolanaWallet } from '@bursar/solana'
export type {
  ConnectedSolanaWallet,
  ConnectSolanaOptions,
  StandardAccount,
  StandardWallet
} from '@bursar/solana/wallets'
export { connectSolanaWallet } from '@bursar/solana/wallets'
