import type { Io } from '../io.js'
import type { ErrorDocument } from '../schemas/error.js'

/** Standard output of a command line, which with `--json` holds a JSON document whatever happens. */
export interface JsonOutput extends Pick<Io, 'out' | 'write'> {
  /**
   * With `--json`: prints the error, where the verb has printed nothing, or lines that another may follow.
   *
   * @param form `lines`: the verb prints JSON Lines.
   */
  fail(error: ErrorDocument, form: 'document' | 'lines'): Promise<void>
}

/** Wraps standard output, and notes whether anything was written. */
export function jsonOutput(io: Pick<Io, 'out' | 'write'>, isJson: boolean): JsonOutput {
  let hasWritten = false
  return {
    out(text) {
      hasWritten = true
      io.out(text)
    },
    write(bytes) {
      hasWritten = true
      return io.write(bytes)
    },
    async fail(error, form) {
      if (!isJson || (hasWritten && form === 'document')) return
      hasWritten = true
      const bytes = new TextEncoder().encode(`${JSON.stringify(error)}\n`)
      // Standard error has the same error in words.
      await io.write(bytes).catch(() => {})
    }
  }
}

/** Whether a command line asks for JSON. What follows `--` belongs to another program. */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end < 0 ? undefined : end).includes('--json')
}
