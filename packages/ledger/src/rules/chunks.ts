/**
 * Running totals are kept in chunks of about five hours: each chunk stores the total before it, and the totals within
 * it start at zero. A settlement that is learned late then changes the rows of one chunk, and the bases of the later
 * chunks.
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
