import type { AnswerSink } from './answer-sink.js'
import { OutputError } from './output-error.js'

/** How an answer is kept. */
export interface KeepOptions {
  readonly sink: AnswerSink
  readonly isPaid: boolean
  /** The most bytes of the answer. Default: no bound. */
  readonly maxBytes?: number | undefined
  /** Aborts the call, so that the same command can resume it. */
  readonly abort: () => void
}

/**
 * Keeps the body of an answer as it arrives, so that its size does not matter to the memory.
 *
 * @throws {OutputError} when it is too large or cannot be written. The call is aborted then.
 * @throws {BursarError} `payment/*` when it breaks off.
 */
export async function keepAnswer(response: Response, options: KeepOptions): Promise<void> {
  const { sink, maxBytes = Number.POSITIVE_INFINITY } = options
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) throw failure(`The answer is larger than ${maxBytes} bytes`, options)
    await orFail(sink.write(chunk), options)
  }
  await orFail(sink.finish(), options)
}

async function orFail(writing: Promise<void>, options: KeepOptions): Promise<void> {
  try {
    await writing
  } catch (cause) {
    throw failure('The answer could not be written', options, cause)
  }
}

/** Aborts before the reader lets the answer go: what is let go counts as read. */
function failure(message: string, { abort, isPaid }: KeepOptions, cause?: unknown): OutputError {
  abort()
  const hint = isPaid ? '. It is paid for: the same command within ten minutes gets it and pays no more' : ''
  return new OutputError(`${message}${hint}`, { isPaid, cause })
}
