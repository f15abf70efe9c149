import { BASE, SOLANA_MAINNET, systemClock } from '@bursar/core'
import { familyOf, readAddress } from '../signer/wallet.js'
import { evaluateTimes, type ProofTimes } from './evaluate-times.js'
import type { NonceClaim } from './nonce-store.js'
import { type ProofRejectionReason, type ProofVerdict, rejected } from './verdict.js'
import type { VerifyOptions } from './verify-options.js'
import { isSignedByWallet } from './verify-signature.js'

/** The claims that all three forms of proof have. */
export interface ProofClaims {
  readonly network: string
  readonly address: unknown
  readonly nonce: string
  readonly times: ProofTimes
  readonly text: string
  readonly signature: unknown
  readonly uri?: string
}

/** Long enough for a contract wallet's that brings its own deployment. */
const MAX_SIGNATURE_LENGTH = 2 + 2 * 8192

const nonceReasons: Readonly<Record<Exclude<NonceClaim, 'fresh'>, ProofRejectionReason>> = {
  used: 'nonce-used',
  unknown: 'nonce-unknown',
  full: 'nonces-full'
}

/**
 * Evaluates what a proof claims: network, wallet and times first, then the signature, and the nonce last, so that
 * nobody uses up another's.
 *
 * @param maxFutureSeconds when the options do not say.
 * @throws {BursarError} `rpc/unavailable`
 */
export async function evaluateProof(
  claims: ProofClaims,
  options: VerifyOptions,
  maxFutureSeconds: number
): Promise<ProofVerdict> {
  const { networks = [BASE, SOLANA_MAINNET], maxAgeSeconds = 300, clock = systemClock } = options
  const network = networks.find((id) => id === claims.network)
  const family = network === undefined ? undefined : familyOf(network)
  if (network === undefined || family === undefined) return rejected('unsupported-network')
  const address = readAddress(family, claims.address)
  if (address === undefined) return rejected('malformed', 'its address is missing or malformed')
  if (options.wallet !== undefined && readAddress(family, options.wallet) !== address)
    return rejected('wrong-wallet')
  const rules = { maxAgeSeconds, maxFutureSeconds: options.maxFutureSeconds ?? maxFutureSeconds }
  const untimely = evaluateTimes(claims.times, rules, clock.nowMs())
  if (untimely !== undefined) return rejected(untimely)
  const { text, signature, nonce, uri } = claims
  if (typeof signature !== 'string' || signature.length > MAX_SIGNATURE_LENGTH) {
    return rejected('malformed', 'its signature is missing or malformed')
  }
  if (!(await isSignedByWallet({ network, address, text, signature }, options))) {
    return rejected('wrong-signature')
  }
  const { issuedAtMs } = claims.times
  const claim = await claimNonce(options, `${network}/${address}/${nonce}`, issuedAtMs / 1000 + maxAgeSeconds)
  if (claim !== 'fresh') return rejected(nonceReasons[claim])
  return { valid: true, network, address, nonce, issuedAtMs, ...(uri === undefined ? {} : { uri }) }
}

/** A second more than the proof lives, since ages are compared in milliseconds. */
function claimNonce(
  { nonces }: VerifyOptions,
  name: string,
  endSeconds: number
): NonceClaim | Promise<NonceClaim> {
  return nonces?.claim(name, Math.ceil(endSeconds) + 1) ?? 'fresh'
}
