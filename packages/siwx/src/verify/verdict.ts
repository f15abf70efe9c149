import type { NetworkId } from '@bursar/core'

/** A proof that is valid. */
export interface VerifiedProof {
  readonly valid: true
  readonly network: NetworkId
  /** EVM: with its checksum. Solana: base58. */
  readonly address: string
  readonly nonce: string
  /** Unix milliseconds. */
  readonly issuedAtMs: number
  /** What the text signs for, where it says so. */
  readonly uri?: string
}

/** A proof that is not valid. */
export interface RejectedProof {
  readonly valid: false
  readonly reason: ProofRejectionReason
  /** One sentence, which holds nothing of the proof. */
  readonly message: string
}

/** What a verifier says of a proof. */
export type ProofVerdict = VerifiedProof | RejectedProof

const messages = {
  malformed: 'The wallet proof is malformed',
  'unsupported-network': 'The wallet proof is for a network that is not served',
  'wrong-scope': 'The wallet proof is not for this service',
  'wrong-domain': 'The wallet proof is for another domain',
  'wrong-uri': 'The wallet proof is for a URI of another origin',
  'wrong-wallet': 'The wallet proof is of another wallet',
  'time-mismatch': 'The times that the wallet proof names disagree',
  'too-old': 'The wallet proof is too old',
  'in-future': 'The wallet proof was issued in the future',
  expired: 'The wallet proof has expired',
  'not-yet-valid': 'The wallet proof is not valid yet',
  'wrong-signature': 'The signature is not by the wallet',
  'nonce-used': 'The wallet proof was used before',
  'nonce-unknown': 'The nonce was not given out',
  'nonces-full': 'Too many wallet proofs are in use; try again in a few minutes'
} as const

/** Why a proof is not valid. */
export type ProofRejectionReason = keyof typeof messages

/** Builds the verdict on a proof that is not valid, in words that hold nothing of the proof. */
export function rejected(reason: ProofRejectionReason, detail?: string): RejectedProof {
  const message = detail === undefined ? `${messages[reason]}.` : `${messages[reason]}: ${detail}.`
  return { valid: false, reason, message }
}
