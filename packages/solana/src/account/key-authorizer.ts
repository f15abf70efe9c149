import { ed25519 } from '#ed25519'
import { type Address, formatAddress } from '../address/address.js'
import type { KeyPair } from '../ed25519/ed25519.js'
import { sameBytes, signatureAt } from '../wire/transaction.js'
import type { Authorizer } from './authorizer.js'

interface Key {
  readonly address: Address
  readonly pair: KeyPair
}

/**
 * Signs with a raw key, as the platform does it fastest. The key stays in this closure.
 *
 * @param secret 32 or 64 bytes, erased when taken in.
 * @throws {TypeError} when its halves do not belong together; where WebCrypto is used, on first use.
 */
export function keyAuthorizer(secret: Uint8Array): Authorizer {
  const key = takeIn(secret)
  // Told to whoever uses the key; nobody may ever do so.
  if (key instanceof Promise) key.catch(() => {})
  return {
    foreign: false,
    async address() {
      return (await key).address
    },
    async sign({ bytes, messageAt, signer }) {
      const signature = await (await key).pair.sign(bytes.subarray(messageAt))
      const signed = bytes.slice()
      signed.set(signature, signatureAt(signer))
      return signed
    }
  }
}

function takeIn(secret: Uint8Array): Key | Promise<Key> {
  const given = secret.slice(32)
  const pair = ed25519.keyPair(secret.slice(0, 32))
  secret.fill(0)
  return pair instanceof Promise ? pair.then((made) => createKey(made, given)) : createKey(pair, given)
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
