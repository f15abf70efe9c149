/**
 * Pays with a key that Google's Cloud KMS keeps (algorithm `EC_SIGN_SECP256K1_SHA256`). It signs whatever 32 bytes it is
 * given as a digest, so that it signs Keccak's too.
 *
 * ```ts
 * import { KeyManagementServiceClient } from '@google-cloud/kms'
 * const evm = await googleKmsAccount(new KeyManagementServiceClient(), 'projects/…/cryptoKeyVersions/1')
 * const bursar = createBursar({ evm, limits: { payment: '0.25' } })
 * ```
 */
import { createPublicKey } from 'node:crypto'
import type { TypedDataSigner } from 'bursar'
import { type Hex, hashTypedData, hexToBytes, recoverAddress, serializeSignature, toHex } from 'viem'
import { publicKeyToAddress } from 'viem/accounts'

/** The part of `KeyManagementServiceClient` that is used. */
export interface KmsClient {
  getPublicKey(request: {
    readonly name: string
  }): Promise<readonly [{ readonly pem?: string | null }, ...unknown[]]>
  asymmetricSign(request: {
    readonly name: string
    readonly digest: { readonly sha256: Uint8Array }
  }): Promise<readonly [{ readonly signature?: Uint8Array | string | null }, ...unknown[]]>
}

/** @param name the key's version: `projects/…/locations/…/keyRings/…/cryptoKeys/…/cryptoKeyVersions/…`. */
export async function googleKmsAccount(client: KmsClient, name: string): Promise<TypedDataSigner> {
  const [{ pem }] = await client.getPublicKey({ name })
  const address = publicKeyToAddress(publicKeyOf(pem ?? ''))
  return {
    address,
    async signTypedData(data) {
      const hash = hashTypedData(data)
      const [{ signature }] = await client.asymmetricSign({ name, digest: { sha256: hexToBytes(hash) } })
      if (!(signature instanceof Uint8Array)) throw new TypeError('KMS returned no signature')
      const [r, s] = readDer(signature)
      // KMS does not say which of two keys it was; the address does.
      for (const yParity of [0, 1]) {
        const candidate = serializeSignature({ r, s, yParity })
        if ((await recoverAddress({ hash, signature: candidate })) === address) return candidate
      }
      throw new TypeError('KMS signed with another key')
    }
  }
}

/** The key as 65 bytes: 4, x and y. */
function publicKeyOf(pem: string): Hex {
  const { crv, x = '', y = '' } = createPublicKey(pem).export({ format: 'jwk' })
  if (crv !== 'secp256k1') throw new TypeError('The key must be of the algorithm EC_SIGN_SECP256K1_SHA256')
  return toHex(Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]))
}

/** Reads r and s: a DER sequence of two integers, each with a zero before it where its first bit is set. */
function readDer(der: Uint8Array): readonly [Hex, Hex] {
  const integerAt = (at: number): Uint8Array => der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0))
  const r = integerAt(2)
  const s = integerAt(4 + r.length)
  return [toHex(BigInt(toHex(r)), { size: 32 }), toHex(BigInt(toHex(s)), { size: 32 })]
}
