import type { Challenge } from '../challenge/challenge.js'
import type { NetworkId } from '../network/network.js'

/** A header that proves the caller's wallet. It is as secret as a password while the proof is fresh. */
export interface ProofHeader {
  readonly name: 'X-Sign-In-With-X' | 'SIGN-IN-WITH-X'
  readonly value: string
}

/** A signed wallet proof that knows the one origin it may go to. Made by `@bursar/siwx`. */
export interface WalletProof {
  /** Such as `https://kat.imgnai.com`. */
  readonly origin: string
  readonly network: NetworkId
  /** EVM: `0x` hex with its checksum. Solana: base58. */
  readonly address: string
  /** Unix seconds after which the proof no longer returns its header. */
  readonly expiresAtSeconds: number
  /**
   * Returns the header for a request to the proof's own origin. Send it with `redirect: 'manual'`, and call this again
   * for the URL of a redirect.
   *
   * @throws {BursarError} `proof/wrong-origin`, `proof/expired`
   * @throws {TypeError} when the URL is not absolute.
   */
  headerFor(url: string | URL): ProofHeader
}

/** Makes wallet proofs for one origin. Implemented by `@bursar/siwx`. */
export interface ProofProvider {
  readonly origin: string
  readonly network: NetworkId
  /**
   * Makes a proof for a request to a URL of the origin.
   *
   * @throws {BursarError} `proof/wrong-origin` before anything is signed; `signer/failed`
   */
  createProof(url: string | URL): Promise<WalletProof>
}

/** A server's request to sign in, and where it came from. */
export interface SignInRequest {
  /** As `parseChallenge` reads it. */
  readonly challenge: Pick<Challenge, 'extensions'>
  /** Of the answer that carried it: `response.url`. */
  readonly url: string | URL
  /** The chain to sign in on. Default: the server's first that a signer serves. */
  readonly network?: NetworkId | undefined
  /** The accounts that may sign in. Default: any that there is a signer of. */
  readonly addresses?: readonly string[] | undefined
}

/** Answers requests to sign in. Implemented by `@bursar/siwx`. */
export interface SignInProofProvider {
  /**
   * Signs in for a 402 that asks for it.
   *
   * @returns nothing when the challenge does not ask for a sign-in.
   * @throws {BursarError} `proof/challenge-refused`, `request/insecure`: nothing is signed; `signer/failed`
   */
  createProof(request: SignInRequest): Promise<WalletProof | undefined>
}
