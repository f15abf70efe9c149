/**
 * Running totals are kept in chunks of time of about five hours: each chunk has the total before it, and the totals within
 * it begin at nothing. So what is learned late changes the rows of one chunk only, and the bases of the later ones.
 */
const CHUNK_BITS = 24n

/** The chunk of a time in Unix milliseconds. */
export function chunkOf(atMs: bigint): bigint {
  return atMs >> CHUNK_BITS
}

/** When a chunk ends, and the next begins. Unix milliseconds. */
export function endOfChunk(chunk: bigint): bigint {
  return (chunk + 1n) << CHUNK_BITS
}
