/** Standard base64 of the bytes of a transaction. Text that is built byte by byte would be a chain of as many pieces. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(Reflect.apply(String.fromCharCode, undefined, bytes))
}

/** Bytes of standard base64, or nothing when it is not that. */
export function decodeBase64(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
