/** Where Permit2 keeps that a nonce is used: the number of a word, and one bit of it. @see Permit2, `nonceBitmap` */
export function placeOfNonce(nonce: bigint): { readonly word: bigint; readonly mask: bigint } {
  return { word: nonce >> 8n, mask: 1n << (nonce & 255n) }
}

/**
 * Whether a transaction's input holds a nonce as a whole word. No event names the nonce, and random ones are found nowhere
 * else. Arguments of a function are words behind its four bytes; a call within a call may lie anywhere.
 *
 * @param nonce `0x` hex of 32 bytes.
 */
export function holdsNonce(input: string, nonce: string): boolean {
  return input.toLowerCase().includes(nonce.slice(2).toLowerCase())
}
