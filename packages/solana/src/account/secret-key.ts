import bs58 from 'bs58'

/** The longest text that 64 bytes can take: a JSON array with a space after each comma. */
const MAX_TEXT = 512

/**
 * Reads a secret key: 64 bytes, seed before public key, or the 32-byte seed alone. As text, base58 or the JSON array
 * that `solana-keygen` writes. The error message shows no digit of it.
 *
 * @returns a copy of the bytes.
 * @throws {TypeError}
 */
export function readSecretKey(secret: string | readonly number[] | Uint8Array): Uint8Array {
  const values = typeof secret === 'string' ? readText(secret.trim()) : secret
  const isKey =
    values !== undefined &&
    (values.length === 64 || values.length === 32) &&
    values.every((value: number) => Number.isInteger(value) && value >= 0 && value <= 255)
  if (!isKey) throw malformed()
  return Uint8Array.from(values)
}

function readText(text: string): Uint8Array | number[] | undefined {
  if (text.length > MAX_TEXT) return undefined
  if (!text.startsWith('[')) return bs58.decodeUnsafe(text)
  try {
    const values: unknown = JSON.parse(text)
    return Array.isArray(values) ? values : undefined
  } catch {
    // The parser's own message quotes the text.
    return undefined
  }
}

function malformed(): TypeError {
  return new TypeError(
    'The Solana secret key must be 64 bytes, or a 32-byte seed, in base58 or as a JSON array; ' +
      'the one given is not (its value is not shown)'
  )
}
