import type { Hex } from './address.js'

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Bytes as `0x` hex. */
export function toHex(bytes: Uint8Array): Hex {
  let digits = ''
  // By index: an iterator makes an object for each byte.
  for (let index = 0; index < bytes.length; index++) digits += pairs[bytes[index] ?? 0]
  return `0x${digits}`
}

/** `0x` hex of whole bytes as bytes. */
export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array((hex.length - 2) >> 1)
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (digit(hex.charCodeAt(index * 2 + 2)) << 4) | digit(hex.charCodeAt(index * 2 + 3))
  }
  return bytes
}

/** The value of an ASCII hex digit: letters of either case end in 1 to 6. */
function digit(code: number): number {
  return code <= 57 ? code - 48 : (code & 7) + 9
}
