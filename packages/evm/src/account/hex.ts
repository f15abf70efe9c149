import type { Hex } from './evm-account.js'

/** Bytes as `0x` hex. */
export function toHex(bytes: Uint8Array): Hex {
  let text = '0x'
  for (const byte of bytes) text += byte < 16 ? `0${byte.toString(16)}` : byte.toString(16)
  return text as Hex
}

/** `0x` hex of whole bytes as bytes. */
export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array((hex.length - 2) >> 1)
  for (let index = 0; index < bytes.length; index++) bytes[index] = Number.parseInt(hex.slice(index * 2 + 2, index * 2 + 4), 16)
  return bytes
}
