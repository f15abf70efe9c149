import type { JsonObject } from '@bursar/core'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** What a seller signs: an offer before the payment, a receipt after it. */
export type StatementKind = 'offer' | 'receipt'

const types: Readonly<Record<StatementKind, string>> = {
  offer:
    'Offer(uint256 version,string resourceUrl,string scheme,string network,string asset,string payTo,string amount,uint256 validUntil)',
  receipt:
    'Receipt(uint256 version,string network,string resourceUrl,string payer,uint256 issuedAt,string transaction)'
}
const DOMAIN_TYPE = 'EIP712Domain(string name,string version,uint256 chainId)'

/**
 * The hash that is signed for a statement.
 *
 * @returns `undefined` where a field of it is missing or of another type.
 * @see EIP-712; x402 offer-receipt, whose domain has chain 1 on every network
 */
export function statementHash(kind: StatementKind, payload: JsonObject): Uint8Array | undefined {
  const type = types[kind]
  const words = [hashText(type)]
  for (const [, fieldType = '', name = ''] of type.matchAll(/(uint256|string) (\w+)/g)) {
    const word = wordOf(fieldType, payload[name])
    if (!word) return undefined
    words.push(word)
  }
  const domain = [hashText(DOMAIN_TYPE), hashText(`x402 ${kind}`), hashText('1'), numberWord(1)]
  return keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), hashAll(domain), hashAll(words)))
}

function wordOf(type: string, value: JsonObject[string] | undefined): Uint8Array | undefined {
  if (type === 'string') return typeof value === 'string' ? hashText(value) : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? numberWord(value)
    : undefined
}

function hashText(text: string): Uint8Array {
  return keccak_256(utf8ToBytes(text))
}

function hashAll(words: readonly Uint8Array[]): Uint8Array {
  return keccak_256(concatBytes(...words))
}

function numberWord(value: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(64, '0'))
}
