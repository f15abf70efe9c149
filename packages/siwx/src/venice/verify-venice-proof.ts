import type { JsonValue } from '@bursar/core'
import { readAddress } from '../signer/wallet.js'
import { judgeOrigin, timesOf } from '../standard/verify-sign-in.js'
import { parseEvmSignIn } from '../text/sign-in-text.js'
import { judgeProof } from '../verify/judge-proof.js'
import { readProof } from '../verify/read-proof.js'
import { type ProofVerdict, refused } from '../verify/verdict.js'
import type { OriginVerifyOptions } from '../verify/verify-options.js'

/** As far as Venice lets the client's clock run ahead, and the two times of a proof be apart. */
const TOLERANCE_SECONDS = 30

/**
 * Verifies what `X-Sign-In-With-X` carries on Venice: an EIP-4361 text with its signature.
 *
 * @param options `maxFutureSeconds` is 30 by default.
 * @throws {BursarError} `rpc/unavailable` when a contract wallet's chain cannot be asked; `request/insecure`
 * @see EIP-4361
 */
export async function verifyVeniceProof(header: string, options: OriginVerifyOptions): Promise<ProofVerdict> {
  const proof = readProof(header)
  if (!proof) return refused('malformed', 'not base64 of a JSON object')
  const { address, message, signature, timestamp, chainId } = proof
  const text = typeof message === 'string' ? parseEvmSignIn(message) : undefined
  if (typeof message !== 'string' || !text) return refused('malformed', 'its message is not EIP-4361')
  const network = `eip155:${text.reference}`
  if (!names(chainId, text.reference)) return refused('malformed', 'its message names another chain')
  if (readAddress('eip155', address) !== readAddress('eip155', text.address)) {
    return refused('malformed', 'its message names another wallet')
  }
  const foreign = judgeOrigin(text.fields, options.origin)
  if (foreign !== undefined) return refused(foreign)
  const times = timesOf(text.fields)
  if (
    typeof timestamp !== 'number' ||
    !(Math.abs(timestamp - times.issuedAtMs) <= TOLERANCE_SECONDS * 1000)
  ) {
    return refused('time-mismatch')
  }
  const { nonce, uri } = text.fields
  return judgeProof(
    { network, address, nonce, times, text: message, signature, uri },
    options,
    TOLERANCE_SECONDS
  )
}

/** Venice takes a chain as a number, its digits or its CAIP-2 id. */
function names(chainId: JsonValue | undefined, reference: string): boolean {
  return [reference, `eip155:${reference}`].includes(String(chainId))
}
