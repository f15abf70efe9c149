import bs58 from 'bs58'

/** @throws {TypeError} when a parameter is not a text. */
export function readText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text')
  return value
}

/** The options object, which comes last and may be missing. */
export function readOptions(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** The bytes of a transaction, in base58 unless the encoding is base64. */
export function readBytes(value: unknown, encoding: unknown): Uint8Array {
  const text = readText(value)
  return encoding === 'base64' ? new Uint8Array(Buffer.from(text, 'base64')) : bs58.decode(text)
}
