/** Called while a stream of events passes. */
export interface EventObserver {
  /** Receives the data of each event. @returns whether it is the last one. */
  onEvent(data: string): boolean
  /** Is called once. @param isComplete whether the stream came to its last event, or to its end. */
  onEnd(isComplete: boolean): Promise<void>
}

/** Hands a stream of events on as it comes. It ends only once `onEnd` has. */
export function observeEvents(
  body: ReadableStream<Uint8Array>,
  observer: EventObserver
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const lines = new EventLines(observer)
  let ended: Promise<void> | undefined
  // A reader that leaves while a chunk is on its way ends the stream twice.
  const endOnce = (isComplete: boolean): Promise<void> => (ended ??= observer.onEnd(isComplete))
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) {
          lines.push(value)
          return controller.enqueue(value)
        }
      } catch (error) {
        await endOnce(lines.hasEnded)
        throw error
      }
      lines.flush()
      await endOnce(true)
      controller.close()
    },
    async cancel(reason) {
      const ending = endOnce(lines.hasEnded)
      // Not waited for: a body may never say that it was cancelled.
      reader.cancel(reason).catch(() => undefined)
      await ending
    }
  })
}

/** A line that is longer says nothing of what was charged. The largest are pictures. */
const MAX_CHARACTERS = 16 * 1024 * 1024
/** What a line that is too long is taken for: a comment, whose end is skipped as well. */
const COMMENT = ':'

/** Cuts chunks into lines, and shows the data among them. */
class EventLines {
  readonly #observer: EventObserver
  readonly #decoder = new TextDecoder()
  #rest = ''
  /** Whether the last event has passed. Many readers cancel the stream at that event. */
  hasEnded = false

  constructor(observer: EventObserver) {
    this.#observer = observer
  }

  push(chunk: Uint8Array): void {
    this.#read(this.#decoder.decode(chunk, { stream: true }))
  }

  /** A last line need not end. */
  flush(): void {
    this.#read('\n')
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split(/\r?\n/)
    const rest = lines.pop() ?? ''
    // A line need not end, and nothing but this would keep all of it.
    this.#rest = rest.length > MAX_CHARACTERS ? COMMENT : rest
    for (const line of lines) {
      if (line.startsWith('data:'))
        this.hasEnded = this.#observer.onEvent(line.slice('data:'.length).trim()) || this.hasEnded
    }
  }
}
