/** A multiple of three, so that the chunks join without padding between them. */
const CHUNK_BYTES = 0x6000

/** Encodes bytes as standard base64. Works where Node's Buffer is not. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES)))
  }
  return text
}

/** Decodes standard, padded base64; `undefined` for anything else, spaces and line breaks included. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
