import { CHARACTERS_PER_TOKEN, countTokens } from '../../texts/reply.js'

/**
 * How tokens are counted: four characters are one token, or every byte is one. No tokenizer makes more tokens than there
 * are bytes, so that `bytes` is the most that a text can be billed for.
 */
export type TokenMeasure = 'characters' | 'bytes'

/** The tokens of a text. */
export function tokensOf(text: string, measure: TokenMeasure): number {
  return measure === 'bytes' ? Buffer.byteLength(text) : countTokens(text)
}

/** The beginning of a text that has no more tokens than the limit. No character is cut in two. */
export function firstTokens(text: string, limit: number, measure: TokenMeasure): string {
  if (tokensOf(text, measure) <= limit) return text
  if (measure === 'characters')
    return text.slice(0, limit * CHARACTERS_PER_TOKEN).replace(/[\ud800-\udbff]$/, '')
  // A decoder that expects more leaves out a character of which it has only a part.
  return new TextDecoder().decode(Buffer.from(text).subarray(0, limit), { stream: true })
}
