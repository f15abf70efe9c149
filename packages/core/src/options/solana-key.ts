/** The longest text that 64 bytes can take: a JSON array with a space after each comma. */
const MAX_TEXT = 512

/**
 * Reads a secret key of Solana: 64 bytes, seed before public key, or the 32-byte seed alone. As text, base58 or the JSON
 * array that `solana-keygen` writes. The error message shows no digit of it.
 *
 * @param decodeBase58 returns nothing for text that is not base58. It is passed in, since only who pays on Solana needs it.
 * @returns a copy of the bytes.
 * @throws {TypeError}
 */
export function readSolanaKey(
  secret: string | readonly number[] | Uint8Array,
  decodeBase58: (text: string) => Uint8Array | undefined
): Uint8Array {
  const values = typeof secret === 'string' ? readText(secret.trim(), decodeBase58) : secret
  if (values && isKey(values)) return Uint8Array.from(values)
  throw new TypeError(
    'The Solana secret key must be 64 bytes, or a 32-byte seed, in base58 or as a JSON array; ' +
      'the one given is not (its value is not shown)'
  )
}

function readText(
  text: string,
  decodeBase58: (text: string) => Uint8Array | undefined
): Uint8Array | unknown[] | undefined {
  if (text.length > MAX_TEXT) return undefined
  if (!text.startsWith('[')) return decodeBase58(text)
  try {
    const values: unknown = JSON.parse(text)
    return Array.isArray(values) ? values : undefined
  } catch {
    // The parser's own message quotes the text.
    return undefined
  }
}

function isKey(values: Uint8Array | readonly unknown[]): values is Uint8Array | readonly number[] {
  return (values.length === 64 || values.length === 32) && [...values].every(isByte)
}

function isByte(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255
}
