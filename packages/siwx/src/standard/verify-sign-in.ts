import { isOfOrigin, readOrigin } from '../proof/origin.js'
import { isNetworkId } from '../signer/wallet.js'
import { parseDateTime } from '../text/date-time.js'
import { readSignInFields, type SignInFields } from '../text/sign-in-fields.js'
import { formatSignIn } from '../text/sign-in-text.js'
import { judgeProof } from '../verify/judge-proof.js'
import type { ProofTimes } from '../verify/judge-times.js'
import { readProof } from '../verify/read-proof.js'
import { type ProofRefusal, type ProofVerdict, refused } from '../verify/verdict.js'
import type { OriginVerifyOptions } from '../verify/verify-options.js'
import { signatureTypeOn } from './sign-in-challenge.js'

/**
 * Verifies what `SIGN-IN-WITH-X` carries. The time of issue is the server's own, so that none is taken from the
 * future unless `maxFutureSeconds` says so.
 *
 * @throws {BursarError} `rpc/unavailable` when a contract wallet's chain cannot be asked; `request/insecure`
 * @see x402 sign-in-with-x, "Verification"
 */
export async function verifySignIn(header: string, options: OriginVerifyOptions): Promise<ProofVerdict> {
  const proof = readProof(header)
  if (!proof) return refused('malformed', 'not base64 of a JSON object')
  const { chainId, type, address, signature } = proof
  const fields = readSignInFields(proof)
  if (typeof fields === 'string') return refused('malformed', fields)
  if (!isNetworkId(chainId)) return refused('unsupported-network')
  if (type !== signatureTypeOn(chainId)) return refused('malformed', 'its type is not that of its chain')
  const foreign = judgeOrigin(fields, options.origin)
  if (foreign !== undefined) return refused(foreign)
  const text = formatSignIn(fields, chainId, String(address))
  const { nonce, uri } = fields
  const claims = { network: chainId, address, nonce, times: timesOf(fields), text, signature, uri }
  return judgeProof(claims, options, 0)
}

/** Whether a sign-in is for this server. */
export function judgeOrigin({ domain, uri }: SignInFields, ours: string | URL): ProofRefusal | undefined {
  const origin = readOrigin(ours)
  if (domain !== new URL(origin).host) return 'wrong-domain'
  return isOfOrigin(uri, origin) ? undefined : 'wrong-uri'
}

/** The times of fields that have been read, each of which is one. */
export function timesOf({ issuedAt, expirationTime, notBefore }: SignInFields): ProofTimes {
  return {
    issuedAtMs: parseDateTime(issuedAt) ?? 0,
    expiresAtMs: expirationTime === undefined ? undefined : parseDateTime(expirationTime),
    notBeforeMs: notBefore === undefined ? undefined : parseDateTime(notBefore)
  }
}
