import type { Io } from '../io.js'
import type { AnswerSink } from './answer-sink.js'

const LINE_BREAK = 10

/** Writes an answer to standard output. On a terminal, what follows it begins on a line of its own. */
export function terminalSink(io: Io): AnswerSink {
  let last: number | undefined
  return {
    async write(bytes) {
      last = bytes.at(-1) ?? last
      await io.write(bytes)
    },
    async finish() {
      if (io.ask && last !== LINE_BREAK) io.err('\n')
    },
    async discard() {}
  }
}
