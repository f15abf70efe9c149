export type {
  Address,
  AuthorizationTypedData,
  EvmAccount,
  Hex,
  TypedDataSigner,
  TypedDataWallet
} from './account/evm-account.js'
export type { EvmPayer, EvmPayerOptions } from './evm-payer.js'
export { evmPayer } from './evm-payer.js'
export type { RpcUrls } from './rpc/chain-reader.js'
