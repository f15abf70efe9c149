export type { MessageSigner } from '@bursar/core'
export type { KatanaProver, KatanaProverOptions } from './katana/katana-prover.js'
export { katanaProver } from './katana/katana-prover.js'
export { verifyKatanaProof } from './katana/verify-katana-proof.js'
export type { ProofHeader, WalletProof } from './proof/wallet-proof.js'
export type {
  Address,
  EvmMessageAccount,
  EvmMessageWallet,
  EvmProofAccount,
  Hex
} from './signer/evm-account.js'
export type { EvmSignerOptions } from './signer/evm-signer.js'
export { evmSigner } from './signer/evm-signer.js'
export type {
  SolanaKitMessage,
  SolanaKitMessageSigner,
  SolanaMessageWallet,
  SolanaProofAccount,
  SolanaProofKeypair,
  SolanaPublicKey
} from './signer/solana-account.js'
export { solanaSigner } from './signer/solana-signer.js'
export type { SignInProver, SignInProverOptions } from './standard/sign-in-prover.js'
export { signInProver } from './standard/sign-in-prover.js'
export { verifySignIn } from './standard/verify-sign-in.js'
export type { VeniceProver, VeniceProverOptions } from './venice/venice-prover.js'
export { veniceProver } from './venice/venice-prover.js'
export { verifyVeniceProof } from './venice/verify-venice-proof.js'
export type { MemoryNoncesOptions, NonceClaim, NonceStore } from './verify/nonce-store.js'
export { memoryNonces } from './verify/nonce-store.js'
export type { RpcUrls } from './verify/smart-wallet.js'
export type { ProofRefusal, ProofVerdict, RefusedProof, VerifiedProof } from './verify/verdict.js'
export type { OriginVerifyOptions, VerifyOptions } from './verify/verify-options.js'
