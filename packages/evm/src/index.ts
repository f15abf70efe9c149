export type { RpcUrls } from '@bursar/core'
export type {
  EthersSigner,
  EvmAccount,
  EvmWallet,
  SigningOptions,
  TypedDataSigner,
  TypedDataWallet
} from './account/evm-account.js'
export type { TypedDataDomain, TypedDataField, WalletTypedData } from './account/wallet-typed-data.js'
export type { Address, Hex } from './address/address.js'
export type { EvmPayer, EvmPayerOptions } from './evm-payer.js'
export { createEvmPayer } from './evm-payer.js'
export type { EvmProvider, EvmTransport } from './rpc/evm-transport.js'
