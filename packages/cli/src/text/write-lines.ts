import type { Io } from '../io.js'

/** How much text is gathered before it is written. */
const CHUNK_LENGTH = 16_384

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
  const encoder = new TextEncoder()
  let [chunk, isAny] = ['', false]
  try {
    for await (const line of lines) {
      chunk += line
      isAny = true
      if (chunk.length < CHUNK_LENGTH) continue
      await write(encoder.encode(chunk))
      chunk = ''
    }
    if (chunk !== '') await write(encoder.encode(chunk))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
  return isAny
}
