import { checkOptions } from '@bursar/core'
import { evaluateProof } from '../verify/evaluate-proof.js'
import { readProof } from '../verify/read-proof.js'
import { type ProofVerdict, rejected } from '../verify/verdict.js'
import { type VerifyOptions, verifyChecks } from '../verify/verify-options.js'
import { readKatanaText } from './katana-text.js'

/** The client's clock sets the time of issue. */
const MAX_FUTURE_SECONDS = 30

/**
 * Verifies what `X-Sign-In-With-X` carries on Katana. The text must hold `imgnAI` and the wallet, and must name
 * network, nonce and time of issue once each, in agreement with the fields beside it. A Solana signature may be
 * base58, base64 or hex.
 *
 * @param options `maxFutureSeconds` is 30 by default.
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `rpc/unavailable` when a contract wallet's chain cannot be asked.
 * @see Katana, "X-Sign-In-With-X wallet proof"
 */
export async function verifyKatanaProof(header: string, options: VerifyOptions = {}): Promise<ProofVerdict> {
  checkOptions(options, verifyChecks)
  const proof = readProof(header)
  if (!proof) return rejected('malformed', 'not base64 of a JSON object')
  const { network, address, message, signature, issued_at: issuedAt } = proof
  if (typeof message !== 'string') return rejected('malformed', 'its message is missing')
  if (typeof issuedAt !== 'number' || !Number.isInteger(issuedAt) || issuedAt < 0) {
    return rejected('malformed', 'its issued_at is missing or malformed')
  }
  if (!message.includes('imgnAI')) return rejected('wrong-scope')
  if (typeof address !== 'string' || !names(message, address)) {
    return rejected('malformed', 'its message does not name the wallet')
  }
  const text = readKatanaText(message)
  if (!text)
    return rejected('malformed', 'its message does not name network, nonce and time of issue once each')
  if (text.network !== network) return rejected('malformed', 'its message names another network')
  if (Math.floor(text.issuedAtMs / 1000) !== issuedAt) return rejected('time-mismatch')
  const times = { issuedAtMs: issuedAt * 1000 }
  const claims = { network, address, nonce: text.nonce, times, text: message, signature }
  return evaluateProof(claims, options, MAX_FUTURE_SECONDS)
}

/** EVM addresses differ in letter case only by their checksum. */
function names(message: string, address: string): boolean {
  return address.startsWith('0x')
    ? message.toLowerCase().includes(address.toLowerCase())
    : message.includes(address)
}
