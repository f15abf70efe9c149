import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { AskOptions } from '../io.js'
import { UsageError } from '../usage-error.js'

/** Where a person is asked, and types. */
interface Keyboard {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/**
 * Asks for a line on the terminal. What is typed is not shown, unless it is no secret. While it is asked, the terminal hands
 * on Ctrl-C as a key: it interrupts the command as it does at any other time. A question that is taken back leaves the terminal
 * as it was.
 *
 * @throws {UsageError} when nothing is entered, or the question is taken back.
 */
export async function askLine(
  question: string,
  { isShown = false, signal }: AskOptions = {},
  { input, output }: Keyboard = { input: process.stdin, output: process.stderr }
): Promise<string> {
  if (signal?.aborted) throw new UsageError(TAKEN_BACK)
  const nowhere = new Writable({ write: (_, __, done) => done() })
  const lines = createInterface({ input, output: isShown ? output : nowhere, terminal: true })
  if (!isShown) output.write(question)
  const isOver = new AbortController()
  let isEntered = false
  try {
    return await new Promise<string>((resolve, reject) => {
      const fail = (): void => reject(new UsageError('Nothing was entered'))
      const takeBack = (): void => {
        if (isShown) output.write('\n')
        reject(new UsageError(TAKEN_BACK))
      }
      const interrupt = (): void => {
        output.write('\n')
        isEntered = true
        process.emit('SIGINT', 'SIGINT')
        fail()
      }
      lines.once('SIGINT', interrupt).once('close', fail)
      signal?.addEventListener('abort', takeBack, { signal: isOver.signal })
      lines.question(isShown ? question : '', resolve)
    })
  } finally {
    if (!isShown && !isEntered) output.write('\n')
    isOver.abort()
    // It lets go of the keyboard by listeners of its own.
    lines.close()
  }
}

const TAKEN_BACK = 'The question was taken back: nobody waits for its answer'
