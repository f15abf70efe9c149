import bs58 from 'bs58'

/** @throws {TypeError} when it is no text. */
export function readText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text')
  return value
}

/** The object of options that comes last, or none. */
export function readOptions(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** A transaction's bytes: base58 unless base64 is said. */
export function readBytes(value: unknown, encoding: unknown): Uint8Array {
  const text = readText(value)
  return encoding === 'base64' ? new Uint8Array(Buffer.from(text, 'base64')) : bs58.decode(text)
}
