export type {
  MessageSigner,
  ProofHeader,
  ProofProvider,
  RpcUrls,
  SignInProofProvider,
  SignInRequest,
  WalletProof
} from '@bursar/core'
export type { KatanaProofOptions, KatanaProofProvider } from './katana/katana-proof-provider.js'
export { createKatanaProofProvider } from './katana/katana-proof-provider.js'
export { verifyKatanaProof } from './katana/verify-katana-proof.js'
export type {
  Address,
  EvmMessageAccount,
  EvmMessageWallet,
  EvmProofAccount,
  Hex
} from './signer/evm-account.js'
export type { EvmSignerOptions } from './signer/evm-signer.js'
export { createEvmSigner } from './signer/evm-signer.js'
export type {
  SolanaKitMessage,
  SolanaKitMessageSigner,
  SolanaMessageWallet,
  SolanaProofAccount,
  SolanaProofKeypair,
  SolanaPublicKey
} from './signer/solana-account.js'
export { createSolanaSigner } from './signer/solana-signer.js'
export type { SignInProofOptions } from './standard/sign-in-proof-provider.js'
export { createSignInProofProvider } from './standard/sign-in-proof-provider.js'
export { verifySignIn } from './standard/verify-sign-in.js'
export type { VeniceProofOptions, VeniceProofProvider } from './venice/venice-proof-provider.js'
export { createVeniceProofProvider } from './venice/venice-proof-provider.js'
export { verifyVeniceProof } from './venice/verify-venice-proof.js'
export type { MemoryNonceStoreOptions, NonceClaim, NonceStore } from './verify/nonce-store.js'
export { createMemoryNonceStore } from './verify/nonce-store.js'
export type { ProofRejectionReason, ProofVerdict, RejectedProof, VerifiedProof } from './verify/verdict.js'
export type { OriginVerifyOptions, VerifyOptions } from './verify/verify-options.js'
