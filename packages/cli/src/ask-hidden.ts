import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Asks for one line on the terminal, and shows nothing of it. */
export async function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_, __, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(question)
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('SIGINT', () => reject(new TypeError('Nothing was entered')))
      lines.once('close', () => reject(new TypeError('Nothing was entered')))
      lines.question('', resolve)
    })
  } finally {
    process.stderr.write('\n')
    lines.removeAllListeners()
    lines.close()
  }
}
