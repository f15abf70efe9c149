import { joinBytes } from '@bursar/core'

/**
 * Reads a body no further than a bound.
 *
 * @returns `undefined` when it is larger.
 */
export async function boundedBytes(
  response: Response,
  maxBytes: number
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const chunk: Uint8Array = read.value
    length += chunk.byteLength
    if (length > maxBytes) {
      await reader?.cancel().catch(() => undefined)
      return undefined
    }
    chunks.push(chunk)
  }
  return joinBytes(chunks)
}
