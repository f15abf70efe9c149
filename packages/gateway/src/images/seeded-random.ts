import { createHash } from 'node:crypto'

/** Numbers that look random and are always the same for a text. */
export interface SeededRandom {
  /** From `low` up to `high`. */
  between(low: number, high: number): number
}

/** The stream of numbers that a text seeds. */
export function seededRandom(text: string): SeededRandom {
  const seed = createHash('sha256').update(text).digest()
  let counter = 0
  let block = seed
  let offset = 0
  const next = (): number => {
    if (offset + 4 > block.byteLength) {
      block = createHash('sha256').update(seed).update(String(counter++)).digest()
      offset = 0
    }
    const value = block.readUInt32BE(offset) / 2 ** 32
    offset += 4
    return value
  }
  return { between: (low, high) => low + next() * (high - low) }
}
