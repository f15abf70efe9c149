export type { ConnectedSolanaWallet, ConnectSolanaOptions } from './page-wallet/connect-solana-wallet.js'
export { connectSolanaWallet } from './page-wallet/connect-solana-wallet.js'
export type { StandardAccount, StandardWallet } from './page-wallet/standard-wallet.js'
