import { joinBytes } from '@bursar/core'
import { withBody } from './response-body.js'

/** The beginning of an answer, and the same answer with its whole body still to be read. */
interface ReadAhead {
  /** All of the body. Absent: it is longer than the bound, or broke off within it. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
  readonly response: Response
}

/** Reads a body no further than a bound, and hands the answer on as it is, however long. */
export async function readAhead(response: Response, maxBytes: number): Promise<ReadAhead> {
  const reader = response.body?.getReader()
  if (!reader) return { bytes: new Uint8Array(), response }
  const chunks: Uint8Array[] = []
  const next = async (): Promise<Uint8Array | undefined> => (await reader.read()).value
  const rest = (): Response =>
    withBody(
      response,
      streamOf(chunks, next, (reason) => reader.cancel(reason))
    )
  try {
    let length = 0
    for (let chunk = await next(); chunk; chunk = await next()) {
      chunks.push(chunk)
      length += chunk.byteLength
      if (length > maxBytes) return { bytes: undefined, response: rest() }
    }
  } catch {
    // Who reads the rest meets the same error.
    return { bytes: undefined, response: rest() }
  }
  const bytes = joinBytes(chunks)
  return { bytes, response: withBody(response, bytes) }
}

/** What was read, and then what comes. */
function streamOf(
  read: readonly Uint8Array[],
  next: () => Promise<Uint8Array | undefined>,
  cancel: (reason: unknown) => Promise<void>
): ReadableStream<Uint8Array> {
  const before = read.values()
  return new ReadableStream({
    async pull(controller) {
      const chunk = before.next().value ?? (await next())
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
    cancel
  })
}
