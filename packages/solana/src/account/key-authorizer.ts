import { loadOnce } from '@bursar/core'
import { ed25519 } from '#ed25519'
import { type Address, formatAddress } from '../address/address.js'
import type { KeyPair } from '../ed25519/ed25519.js'
import { sameBytes, signatureAt } from '../wire/transaction.js'
import type { SolanaAuthorizer, UnsignedTransaction } from './authorizer.js'

interface Key {
  readonly address: Address
  readonly pair: KeyPair
}

/**
 * Signs with a raw key, on the platform's fastest backend. The key stays in this closure.
 *
 * @param secret 32 or 64 bytes, erased once they are copied.
 * @throws {TypeError} when the two halves of the key do not belong together: at once in Node, elsewhere on first use.
 */
export function createKeyAuthorizer(secret: Uint8Array): SolanaAuthorizer {
  const key = loadKey(secret)
  // Each use of the key reports the failure; without a use, the rejection must not be unhandled.
  if (key instanceof Promise) key.catch(() => {})
  return {
    isTrusted: true,
    address: loadOnce(async () => (await key).address),
    async sign(unsigned) {
      const { pair } = await key
      return withSignature(unsigned, await pair.sign(messageOf(unsigned)))
    },
    syncSigner: loadOnce(async () => {
      const { pair } = await key
      if (!pair.isSync) return undefined
      return (unsigned: UnsignedTransaction) => withSignature(unsigned, pair.sign(messageOf(unsigned)))
    })
  }
}

function messageOf({ bytes, messageAt }: UnsignedTransaction): Uint8Array {
  return bytes.subarray(messageAt)
}

function withSignature({ bytes, signer }: UnsignedTransaction, signature: Uint8Array): Uint8Array {
  const signed = bytes.slice()
  signed.set(signature, signatureAt(signer))
  return signed
}

function loadKey(secret: Uint8Array): Key | Promise<Key> {
  const given = secret.slice(32)
  const pair = ed25519.keyPair(secret.slice(0, 32))
  secret.fill(0)
  return pair instanceof Promise ? pair.then((loaded) => createKey(loaded, given)) : createKey(pair, given)
}

/** A secret key carries its public key; one that does not belong to it means that the key is damaged. */
function createKey(pair: KeyPair, given: Uint8Array): Key {
  if (given.length > 0 && !sameBytes(given, pair.publicKey)) {
    throw new TypeError(
      'The two halves of the Solana secret key do not belong together (its value is not shown)'
    )
  }
  return { pair, address: formatAddress(pair.publicKey) }
}
