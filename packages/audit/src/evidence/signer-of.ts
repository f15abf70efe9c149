import { base64UrlBytes, readPart, type SignedStatement } from '@bursar/core/wire'
import * as ed25519 from '@noble/ed25519'
import { sha256 } from '@noble/hashes/sha2.js'
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { recoverPublicKey, verify } from '@noble/secp256k1'
import { addressOfKey, evmAddressOf, keyOfDid, type PublicKey } from './public-key.js'
import { type StatementKind, statementHash } from './statement-hash.js'

/** Who signed a statement: an address or a DID, and the address of its key where there is one. */
interface Signer {
  readonly name: string
  readonly address?: string | undefined
}

/** `wrong`: the signature is not one of this text. `unread`: its key is not in the statement, and nothing is fetched. */
export type SignerFinding = Signer | 'wrong' | 'unread'

/** Finds who signed a statement. It asks nobody. A key in the header of a JWS proves nothing, and is not read. */
export async function signerOf(kind: StatementKind, statement: SignedStatement): Promise<SignerFinding> {
  try {
    return statement.format === 'eip712' ? signerOfTypedData(kind, statement) : await signerOfJws(statement)
  } catch {
    // A point that is on no curve, or numbers out of range.
    return 'wrong'
  }
}

function signerOfTypedData(kind: StatementKind, { payload, signature }: SignedStatement): SignerFinding {
  const hash = statementHash(kind, payload)
  if (!hash || !/^0x[0-9a-fA-F]{130}$/.test(signature)) return 'wrong'
  const bytes = hexToBytes(signature.slice(2))
  const v = bytes[64] ?? 0
  const recovery = v >= 27 ? v - 27 : v
  if (recovery > 1) return 'wrong'
  const recovered = Uint8Array.of(recovery, ...bytes.subarray(0, 64))
  const address = evmAddressOf(recoverPublicKey(recovered, hash, { prehash: false }))
  return { name: address, address }
}

/** @see RFC 7515, section 5.2 */
async function signerOfJws({ signature: text }: SignedStatement): Promise<SignerFinding> {
  const [head = '', body = '', last = '', ...rest] = text.split('.')
  const header = readPart(head)
  const signature = base64UrlBytes(last)
  if (!header || signature?.length !== 64 || rest.length > 0 || header.crit !== undefined) return 'wrong'
  const { alg, kid } = header
  if (typeof kid !== 'string') return 'unread'
  const key = keyOfDid(kid)
  if (!key) return 'unread'
  if ((alg === 'Ed25519' ? 'EdDSA' : alg) !== key.algorithm) return 'wrong'
  const isGood = await isSignedBy(key, { message: utf8ToBytes(`${head}.${body}`), signature })
  return isGood ? { name: kid.split('#')[0] ?? kid, address: addressOfKey(key) } : 'wrong'
}

interface SignedMessage {
  readonly message: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

async function isSignedBy(
  { algorithm, bytes }: PublicKey,
  { message, signature }: SignedMessage
): Promise<boolean> {
  if (algorithm === 'EdDSA') return ed25519.verifyAsync(signature, message, bytes, { zip215: false })
  if (algorithm === 'ES256K')
    return verify(signature, sha256(message), bytes, { prehash: false, lowS: false })
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(bytes), curve, false, ['verify'])
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, message)
}
