import type { AnswerSink } from './answer-sink.js'
import { keeping } from './keeping.js'
import { OutputError } from './output-error.js'

/** How an answer is kept. */
export interface KeepOptions {
  readonly sink: AnswerSink
  readonly isPaid: boolean
  /** The most bytes of the answer. Default: no bound. */
  readonly maxBytes?: number | undefined
}

/**
 * Keeps the body of an answer as it arrives, so that its size does not matter to the memory.
 *
 * @throws {OutputError} when it is too large or cannot be written.
 * @throws {BursarError} `payment/*` when it breaks off.
 */
export async function keepAnswer(response: Response, options: KeepOptions): Promise<void> {
  const { sink, isPaid, maxBytes = Number.POSITIVE_INFINITY } = options
  const cost = isPaid ? 'paid' : 'free'
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) throw new OutputError(`The answer is larger than ${maxBytes} bytes`, { cost })
    await keeping(sink.write(chunk), cost)
  }
  await keeping(sink.finish(), cost)
}
