import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { UsageError } from '../usage-error.js'

/** Asks for a line on the terminal, and shows nothing of what is typed. @throws {UsageError} when nothing is entered. */
export async function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_, __, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(question)
  try {
    return await new Promise<string>((resolve, reject) => {
      const fail = (): void => reject(new UsageError('Nothing was entered'))
      lines.once('SIGINT', fail).once('close', fail)
      lines.question('', resolve)
    })
  } finally {
    process.stderr.write('\n')
    lines.removeAllListeners()
    lines.close()
  }
}
