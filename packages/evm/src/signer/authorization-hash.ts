import { keccak256 } from '#crypto'
import { fromHex } from '../address/hex.js'
import type { Authorization, TokenDomain } from '../payment/authorization.js'

const encoder = new TextEncoder()
const hashText = (text: string): Uint8Array => keccak256(encoder.encode(text))
const DOMAIN_TYPE = hashText(
  'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'
)
const AUTHORIZATION_TYPE = hashText(
  'TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)'
)
const WORD = 32

/** The domain separator, which is the same for every payment in a token. @see EIP-712 */
export function domainSeparator({ name, version, chainId, verifyingContract }: TokenDomain): Uint8Array {
  const words = new Uint8Array(5 * WORD)
  words.set(DOMAIN_TYPE, 0)
  words.set(hashText(name), WORD)
  words.set(hashText(version), 2 * WORD)
  putUint(words, 3, BigInt(chainId))
  putAddress(words, 4, verifyingContract)
  return keccak256(words)
}

/** The hash that is signed. @see EIP-712, "eth_signTypedData" */
export function authorizationHash(separator: Uint8Array, authorization: Authorization): Uint8Array {
  const words = new Uint8Array(7 * WORD)
  words.set(AUTHORIZATION_TYPE, 0)
  putAddress(words, 1, authorization.from)
  putAddress(words, 2, authorization.to)
  putUint(words, 3, authorization.value)
  putUint(words, 4, authorization.validAfter)
  putUint(words, 5, authorization.validBefore)
  words.set(fromHex(authorization.nonce), 6 * WORD)
  return typedDataHash(separator, keccak256(words))
}

/** The hash of typed data, from its domain's separator and the hash of its struct. @see EIP-712, "eth_signTypedData" */
export function typedDataHash(separator: Uint8Array, struct: Uint8Array): Uint8Array {
  const message = new Uint8Array(2 + 2 * WORD)
  message.set([0x19, 0x01])
  message.set(separator, 2)
  message.set(struct, 2 + WORD)
  return keccak256(message)
}

function putAddress(words: Uint8Array, index: number, address: string): void {
  words.set(fromHex(address), index * WORD + 12)
}

function putUint(words: Uint8Array, index: number, value: bigint): void {
  const view = new DataView(words.buffer, index * WORD, WORD)
  for (let offset = WORD - 8, rest = value; rest > 0n; offset -= 8, rest >>= 64n) {
    view.setBigUint64(offset, BigInt.asUintN(64, rest))
  }
}
