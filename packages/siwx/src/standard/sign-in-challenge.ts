import { BursarError, type Challenge, isJsonObject, type JsonValue, type NetworkId } from '@bursar/core'
import { isOfOrigin } from '../proof/origin.js'
import { isNetworkId } from '../signer/wallet.js'
import { parseDateTime } from '../text/date-time.js'
import { readSignInFields, type SignInFields } from '../text/sign-in-fields.js'

/** The kind of signature that a wallet makes on a network. @see x402 sign-in-with-x, "Supported Chains" */
export function signatureTypeOn(network: NetworkId): 'eip191' | 'ed25519' {
  return network.startsWith('solana:') ? 'ed25519' : 'eip191'
}

/** A server's request to sign in, which is bound to its origin. */
export interface SignInChallenge {
  readonly fields: SignInFields
  /** Chains of the families that can be signed for, in the server's order. */
  readonly networks: readonly NetworkId[]
}

/** Servers name a few; what is beyond is not read. */
const MAX_CHAINS = 64
/** How far the challenge's clock and ours may be apart, which is also the age at which servers reject. */
const MAX_AGE_MS = 300_000

/**
 * Reads the request to sign in that a 402 carries, and checks that it is bound to the origin that answered.
 *
 * @param origin the origin of the answer.
 * @returns nothing when the challenge does not ask for a sign-in.
 * @throws {BursarError} `proof/challenge-refused`
 * @see x402 sign-in-with-x
 */
export function readSignInChallenge(
  { extensions }: Pick<Challenge, 'extensions'>,
  origin: string,
  nowMs: number
): SignInChallenge | undefined {
  const extension = extensions?.['sign-in-with-x']
  if (extension === undefined) return undefined
  if (!isJsonObject(extension)) throw challengeRejected(origin, 'it is not an object')
  const fields = readSignInFields(extension.info)
  if (typeof fields === 'string') throw challengeRejected(origin, fields)
  const reason = bindingRejectionReason(fields, origin) ?? timesRejectionReason(fields, nowMs)
  if (reason !== undefined) throw challengeRejected(origin, reason)
  return { fields, networks: readNetworks(extension.supportedChains) }
}

/** The error for a request to sign in that is not answered. The reason never holds the server's own words. */
export function challengeRejected(origin: string, reason: string): BursarError<'proof/challenge-refused'> {
  return new BursarError('proof/challenge-refused', {
    message: `The sign-in that ${origin} asks for was rejected: ${reason}. Nothing was signed.`,
    context: { origin, reason },
    moneyState: 'none'
  })
}

/** Checks the domain: a signature for another domain would sign the wallet in there. */
function bindingRejectionReason({ domain, uri }: SignInFields, origin: string): string | undefined {
  const { host, hostname } = new URL(origin)
  if (domain !== host)
    return domain === hostname
      ? 'its domain leaves out the port of the server that answered'
      : 'its domain is not that of the server that answered'
  return isOfOrigin(uri, origin) ? undefined : 'its uri is not of the origin that answered'
}

function timesRejectionReason(fields: SignInFields, nowMs: number): string | undefined {
  const { issuedAt, expirationTime, notBefore } = fields
  if (expirationTime !== undefined && (parseDateTime(expirationTime) ?? 0) <= nowMs) return 'it has expired'
  if (notBefore !== undefined && (parseDateTime(notBefore) ?? Number.POSITIVE_INFINITY) > nowMs)
    return 'it is not valid yet'
  return Math.abs(nowMs - (parseDateTime(issuedAt) ?? 0)) > MAX_AGE_MS
    ? 'its time of issue is more than five minutes away'
    : undefined
}

/** Chains of other families, and signatures of other kinds, are left out. */
function readNetworks(chains: JsonValue | undefined): NetworkId[] {
  const entries = Array.isArray(chains) ? chains.slice(0, MAX_CHAINS) : []
  return entries.flatMap((entry: JsonValue) => {
    const { chainId, type } = isJsonObject(entry) ? entry : {}
    return isNetworkId(chainId) && type === signatureTypeOn(chainId) ? [chainId] : []
  })
}
