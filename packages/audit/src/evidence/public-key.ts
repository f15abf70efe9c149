import { isJsonObject, type JsonObject } from '@bursar/core'
import { base64UrlBytes, readPart } from '@bursar/core/wire'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js'
import { Point } from '@noble/secp256k1'
import bs58 from 'bs58'

/** A public key, by the algorithm of its signatures. Of curves with points: compressed or not. */
export interface PublicKey {
  readonly algorithm: 'EdDSA' | 'ES256K' | 'ES256'
  readonly bytes: Uint8Array
}

/** The first two bytes of a key in a did:key. @see Multicodec */
const codecs: Readonly<Record<string, PublicKey['algorithm']>> = {
  ed01: 'EdDSA',
  e701: 'ES256K',
  '8024': 'ES256'
}

const curves: Readonly<Record<string, PublicKey['algorithm']>> = {
  Ed25519: 'EdDSA',
  secp256k1: 'ES256K',
  'P-256': 'ES256'
}

/**
 * The key that a DID itself holds: of did:key and did:jwk.
 *
 * @returns `undefined` where it holds none, so that it would have to be fetched (did:web), or is malformed.
 */
export function keyOfDid(did: string): PublicKey | undefined {
  const [, method, id = ''] = /^did:(\w+):([^#]+)/.exec(did) ?? []
  if (method === 'jwk') return keyOfJwk(readPart(id))
  if (method !== 'key' || !id.startsWith('z') || id.length > 128) return undefined
  const bytes = bs58.decodeUnsafe(id.slice(1))
  const algorithm = bytes && codecs[bytesToHex(bytes.subarray(0, 2))]
  return algorithm && { algorithm, bytes: bytes.subarray(2) }
}

function keyOfJwk(jwk: JsonObject | undefined): PublicKey | undefined {
  if (!isJsonObject(jwk)) return undefined
  const { crv, x, y } = jwk
  const algorithm = typeof crv === 'string' ? curves[crv] : undefined
  const first = typeof x === 'string' ? base64UrlBytes(x) : undefined
  if (!algorithm || !first) return undefined
  if (algorithm === 'EdDSA') return { algorithm, bytes: first }
  const second = typeof y === 'string' ? base64UrlBytes(y) : undefined
  return second && { algorithm, bytes: concatBytes(Uint8Array.of(4), first, second) }
}

/** The address that a key pays from and is paid at; `undefined` where there is none of the kind. */
export function addressOfKey({ algorithm, bytes }: PublicKey): string | undefined {
  if (algorithm === 'EdDSA') return bs58.encode(bytes)
  return algorithm === 'ES256K' ? evmAddressOf(bytes) : undefined
}

/** The address of a key on EVM networks, in small letters. */
export function evmAddressOf(publicKey: Uint8Array): string {
  const point = Point.fromBytes(publicKey).toBytes(false)
  return `0x${bytesToHex(keccak_256(point.subarray(1)).subarray(12))}`
}
