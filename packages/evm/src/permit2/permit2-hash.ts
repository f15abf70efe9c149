import { keccak256 } from '#crypto'
import { fromHex } from '../address/hex.js'
import { domainSeparator, typedDataHash } from '../signer/authorization-hash.js'
import { PERMIT2 } from './addresses.js'
import type { Permit } from './permit.js'
import { type Permit2Authorization, spenderOf } from './permit2-authorization.js'

const hashText = (text: string): Uint8Array => keccak256(new TextEncoder().encode(text))
const TOKEN_PERMISSIONS = 'TokenPermissions(address token,uint256 amount)'
const PERMIT = 'Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)'
const PERMIT2_DOMAIN = 'EIP712Domain(string name,uint256 chainId,address verifyingContract)'

/** The hash of a payment through Permit2, which is signed. @see EIP-712; Permit2, `permitWitnessTransferFrom` */
export function permit2Hash(authorization: Permit2Authorization): Uint8Array {
  const { chainId, token, amount, to, facilitator, nonce, deadline } = authorization
  const separator = hashWords(hashText(PERMIT2_DOMAIN), hashText('Permit2'), BigInt(chainId), PERMIT2)
  const parties = facilitator === undefined ? [to] : [to, facilitator]
  const names = facilitator === undefined ? 'address to' : 'address to,address facilitator'
  const witnessType = `Witness(${names},uint256 validAfter)`
  const witness = hashWords(hashText(witnessType), ...parties, 0n)
  const permitted = hashWords(hashText(TOKEN_PERMISSIONS), token, amount)
  const type = `PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,Witness witness)${TOKEN_PERMISSIONS}${witnessType}`
  const struct = hashWords(hashText(type), permitted, spenderOf(authorization), nonce, deadline, witness)
  return typedDataHash(separator, struct)
}

/** The hash of a token's permit, which is signed. @see EIP-2612 */
export function permitHash({ domain, owner, value, nonce, deadline }: Permit): Uint8Array {
  const struct = hashWords(hashText(PERMIT), owner, PERMIT2, value, nonce, deadline)
  return typedDataHash(domainSeparator(domain), struct)
}

/** Hashes values as EIP-712 encodes them, each in a word of 32 bytes: a hash, an address or a number. */
function hashWords(...values: readonly (Uint8Array | string | bigint)[]): Uint8Array {
  const words = new Uint8Array(32 * values.length)
  for (const [index, value] of values.entries()) {
    const bytes = typeof value === 'object' ? value : fromHex(wordOf(value))
    words.set(bytes, 32 * index)
  }
  return keccak256(words)
}

function wordOf(value: string | bigint): string {
  const digits = typeof value === 'bigint' ? value.toString(16) : value.slice(2)
  return `0x${digits.padStart(64, '0')}`
}
