import type { Io } from '../io.js'

/** How much text is gathered before it is written. */
const CHUNK_LENGTH = 16_384
/** The most bytes of a UTF-16 unit in UTF-8. */
const MOST_BYTES = 3

/**
 * Writes lines as they are read, and reads on only once they are taken: of a list that is longer than memory, little is
 * held. It ends where the program that reads the output does, as `head`.
 *
 * @returns whether there were any.
 */
export async function writeLines(
  { write }: Pick<Io, 'write'>,
  lines: AsyncIterable<string>
): Promise<boolean> {
  const encode = createEncoder()
  let [chunk, isAny] = ['', false]
  try {
    for await (const line of lines) {
      chunk += line
      isAny = true
      if (chunk.length < CHUNK_LENGTH) continue
      await write(encode(chunk))
      chunk = ''
    }
    if (chunk !== '') await write(encode(chunk))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
  return isAny
}

/** Encodes texts into the same bytes, one after the other: memory of its own for each of a million lines is freed late. */
function createEncoder(): (text: string) => Uint8Array {
  const encoder = new TextEncoder()
  const bytes = new Uint8Array(2 * MOST_BYTES * CHUNK_LENGTH)
  return (text) => {
    if (text.length * MOST_BYTES > bytes.length) return encoder.encode(text)
    return bytes.subarray(0, encoder.encodeInto(text, bytes).written)
  }
}
