/** Characters in one event of a stream: text that arrived whole is sent on in several. */
const CHUNK_LENGTH = 200

/** Cuts a text into chunks, never within a character. */
export function chunkText(text: string): readonly string[] {
  const chunks: string[] = []
  let chunk = ''
  for (const character of text) {
    chunk += character
    if (chunk.length < CHUNK_LENGTH) continue
    chunks.push(chunk)
    chunk = ''
  }
  return chunk === '' ? chunks : [...chunks, chunk]
}
