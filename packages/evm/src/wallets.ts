export type { ConnectEvmOptions, ConnectedEvmWallet } from './page-wallet/connect-evm-wallet.js'
export { connectEvmWallet } from './page-wallet/connect-evm-wallet.js'
export type { FoundEvmWallet } from './page-wallet/find-evm-wallets.js'
export { findEvmWallets } from './page-wallet/find-evm-wallets.js'
