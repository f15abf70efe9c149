import { checkOptions } from '@bursar/core'
import { isOfOrigin, readOrigin } from '../proof/origin.js'
import { isNetworkId } from '../signer/wallet.js'
import { parseDateTime } from '../text/date-time.js'
import { readSignInFields, type SignInFields } from '../text/sign-in-fields.js'
import { formatSignIn } from '../text/sign-in-text.js'
import { evaluateProof } from '../verify/evaluate-proof.js'
import type { ProofTimes } from '../verify/evaluate-times.js'
import { readProof } from '../verify/read-proof.js'
import { type ProofRejectionReason, type ProofVerdict, rejected } from '../verify/verdict.js'
import { type OriginVerifyOptions, originVerifyChecks } from '../verify/verify-options.js'
import { signatureTypeOn } from './sign-in-challenge.js'

/**
 * Verifies what `SIGN-IN-WITH-X` carries. The time of issue is the server's own, so that none is taken from the
 * future unless `maxFutureSeconds` says so.
 *
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `rpc/unavailable` when a contract wallet's chain cannot be asked; `request/insecure`
 * @see x402 sign-in-with-x, "Verification"
 */
export async function verifySignIn(header: string, options: OriginVerifyOptions): Promise<ProofVerdict> {
  checkOptions(options, originVerifyChecks)
  const proof = readProof(header)
  if (!proof) return rejected('malformed', 'not base64 of a JSON object')
  const { chainId, type, address, signature } = proof
  const fields = readSignInFields(proof)
  if (typeof fields === 'string') return rejected('malformed', fields)
  if (!isNetworkId(chainId)) return rejected('unsupported-network')
  if (type !== signatureTypeOn(chainId)) return rejected('malformed', 'its type is not that of its chain')
  const mismatch = evaluateOrigin(fields, options.origin)
  if (mismatch !== undefined) return rejected(mismatch)
  const text = formatSignIn(fields, chainId, String(address))
  const { nonce, uri } = fields
  const claims = { network: chainId, address, nonce, times: timesOf(fields), text, signature, uri }
  return evaluateProof(claims, options, 0)
}

/** Says why a sign-in is not for this server; nothing when it is. */
export function evaluateOrigin(
  { domain, uri }: SignInFields,
  ours: string | URL
): ProofRejectionReason | undefined {
  const origin = readOrigin(ours)
  if (domain !== new URL(origin).host) return 'wrong-domain'
  return isOfOrigin(uri, origin) ? undefined : 'wrong-uri'
}

/** The times that a sign-in names. */
export function timesOf({ issuedAt, expirationTime, notBefore }: SignInFields): ProofTimes {
  return {
    issuedAtMs: parseDateTime(issuedAt) ?? 0,
    expiresAtMs: expirationTime === undefined ? undefined : parseDateTime(expirationTime),
    notBeforeMs: notBefore === undefined ? undefined : parseDateTime(notBefore)
  }
}
