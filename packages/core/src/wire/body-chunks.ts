/**
 * The chunks of a body, as they come. Who stops reading lets go of it, and so of its connection.
 *
 * That is not waited for: a body may never say that it was cancelled.
 */
export async function* bodyChunks({
  body
}: Pick<Response, 'body'>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  // Not by iteration, which Safari's streams have learned only lately, and which waits.
  const reader = body?.getReader()
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value
  } finally {
    reader?.cancel().catch(() => undefined)
  }
}
