/**
 * Decodes standard, padded base64. The pattern has no group that repeats: on some megabytes that exhausts the stack.
 *
 * @returns undefined for anything else, and for nothing at all.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
  return isBase64 ? Buffer.from(text, 'base64') : undefined
}
