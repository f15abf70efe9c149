import { joinBytes } from '@bursar/core'

/** How many bytes several bodies may have together. */
export class ByteBudget {
  #left: number

  constructor(maxBytes: number) {
    this.#left = maxBytes
  }

  /** Takes bytes out of it. @returns whether there were as many. */
  take(byteLength: number): boolean {
    this.#left -= byteLength
    return this.#left >= 0
  }
}

/**
 * Reads a body no further than a bound.
 *
 * @param bound in bytes, or what is left for this body and others.
 * @returns `undefined` when it is larger.
 */
export async function boundedBytes(
  response: Response,
  bound: number | ByteBudget
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const budget = typeof bound === 'number' ? new ByteBudget(bound) : bound
  const chunks: Uint8Array[] = []
  const reader = response.body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const chunk: Uint8Array = read.value
    if (!budget.take(chunk.byteLength)) {
      // Not waited for: a body may never say that it was cancelled.
      reader?.cancel().catch(() => undefined)
      return undefined
    }
    chunks.push(chunk)
  }
  return joinBytes(chunks)
}
