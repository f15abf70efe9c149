import type { BodyObserver } from './incoming-response.js'

/** Where the chunks of a body come from. */
export interface ChunkSource {
  /** The next chunk, or `undefined` at the end. Rejects with what broke the body off. */
  next(): Promise<Uint8Array | undefined>
  /** Discards the rest. */
  cancel(reason: unknown): Promise<void> | void
}

/** The stream that a caller reads. Its end and its failure are passed on only after the observer has handled them. */
export function bodyStream(source: ChunkSource, observer?: BodyObserver): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await source.next()
          if (chunk) return controller.enqueue(chunk)
          await observer?.onComplete()
          controller.close()
        } catch (cause) {
          controller.error(observer ? await observer.onBreak(cause) : cause)
        }
      },
      cancel(reason) {
        observer?.onCancel(reason)
        return source.cancel(reason)
      }
    },
    { highWaterMark: 0 }
  )
}
