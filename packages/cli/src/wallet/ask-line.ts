import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { AskOptions } from '../io.js'
import { UsageError } from '../usage-error.js'

/** Asks for a line on the terminal. What is typed is not shown, unless it is no secret. @throws {UsageError} when nothing is entered. */
export async function askLine(question: string, { isShown = false }: AskOptions = {}): Promise<string> {
  const nowhere = new Writable({ write: (_, __, done) => done() })
  const output = isShown ? process.stderr : nowhere
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  if (!isShown) process.stderr.write(question)
  try {
    return await new Promise<string>((resolve, reject) => {
      const fail = (): void => reject(new UsageError('Nothing was entered'))
      lines.once('SIGINT', fail).once('close', fail)
      lines.question(isShown ? question : '', resolve)
    })
  } finally {
    if (!isShown) process.stderr.write('\n')
    lines.removeAllListeners()
    lines.close()
  }
}
