import { checkOptions, type JsonValue } from '@bursar/core'
import { readAddress } from '../signer/wallet.js'
import { evaluateOrigin, timesOf } from '../standard/verify-sign-in.js'
import { parseEvmSignIn } from '../text/sign-in-text.js'
import { evaluateProof } from '../verify/evaluate-proof.js'
import { readProof } from '../verify/read-proof.js'
import { type ProofVerdict, rejected } from '../verify/verdict.js'
import { type OriginVerifyOptions, originVerifyChecks } from '../verify/verify-options.js'

/** How far Venice lets the client's clock be ahead, and the two times of a proof be apart. */
const TOLERANCE_SECONDS = 30

/**
 * Verifies what `X-Sign-In-With-X` carries on Venice: an EIP-4361 text with its signature.
 *
 * @param options `maxFutureSeconds` is 30 by default.
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `rpc/unavailable` when a contract wallet's chain cannot be asked; `request/insecure`
 * @see EIP-4361
 */
export async function verifyVeniceProof(header: string, options: OriginVerifyOptions): Promise<ProofVerdict> {
  checkOptions(options, originVerifyChecks)
  const proof = readProof(header)
  if (!proof) return rejected('malformed', 'not base64 of a JSON object')
  const { address, message, signature, timestamp, chainId } = proof
  const text = typeof message === 'string' ? parseEvmSignIn(message) : undefined
  if (typeof message !== 'string' || !text) return rejected('malformed', 'its message is not EIP-4361')
  const network = `eip155:${text.reference}`
  if (!names(chainId, text.reference)) return rejected('malformed', 'its message names another chain')
  if (readAddress('eip155', address) !== readAddress('eip155', text.address)) {
    return rejected('malformed', 'its message names another wallet')
  }
  const mismatch = evaluateOrigin(text.fields, options.origin)
  if (mismatch !== undefined) return rejected(mismatch)
  const times = timesOf(text.fields)
  if (
    typeof timestamp !== 'number' ||
    !(Math.abs(timestamp - times.issuedAtMs) <= TOLERANCE_SECONDS * 1000)
  ) {
    return rejected('time-mismatch')
  }
  const { nonce, uri } = text.fields
  return evaluateProof(
    { network, address, nonce, times, text: message, signature, uri },
    options,
    TOLERANCE_SECONDS
  )
}

/** Venice takes a chain as a number, its digits or its CAIP-2 id. */
function names(chainId: JsonValue | undefined, reference: string): boolean {
  return [reference, `eip155:${reference}`].includes(String(chainId))
}
