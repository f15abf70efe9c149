import bs58 from 'bs58'

/** Whether a text is base58 of exactly 32 bytes. */
export function isSolanaAddress(text: string): boolean {
  return text.length >= 32 && text.length <= 44 && bs58.decodeUnsafe(text)?.length === 32
}
