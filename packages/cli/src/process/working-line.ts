import type { Progress } from '../context.js'
import type { Io } from '../io.js'

const EVERY_MS = 1000
/** Goes to the start of the line, and clears it. */
const CLEAR = '\r\u001B[2K'

/** A terminal that is written to by a command, and by what says that it works. */
interface WatchedTerminal {
  readonly io: Io
  /** What is written next begins a line, whatever was printed of an answer that broke off. */
  startLine(): void
  end(): void
}

/**
 * Says on the terminal, from the first second on, that the command still works, and for how long. The line is gone before
 * anything else is written, and is not written while a person is asked, or by what runs until it is stopped.
 *
 * @returns the terminal to write to, a function that begins a new line where one is begun, and a function that ends this.
 */
export function withWorkingLine(io: Io, progress: Progress): WatchedTerminal {
  const line = new WorkingLine(io, progress)
  const { ask } = io
  const watched: Io = {
    ...io,
    out: (text) => line.before(text, () => io.out(text)),
    err: (text) => line.before(text, () => io.err(text)),
    write: (bytes) => line.before(new TextDecoder().decode(bytes), () => io.write(bytes)),
    ask: ask && ((question, options) => line.pausedWhile(() => ask(question, options)))
  }
  return { io: watched, startLine: () => line.startLine(), end: () => line.end() }
}

class WorkingLine {
  readonly #io: Io
  readonly #timer: NodeJS.Timeout
  #isShown = false
  /** Whether the cursor is at the start of a line: text that a command prints piece by piece is not cut into. */
  #isAtStart = true
  #isPaused = false

  constructor(io: Io, progress: Progress) {
    this.#io = io
    let seconds = 0
    this.#timer = setInterval(() => {
      seconds++
      if (!this.#isPaused && this.#isAtStart && !progress.handlesInterrupts) this.#show(seconds)
    }, EVERY_MS)
    this.#timer.unref()
  }

  before<Value>(text: string, write: () => Value): Value {
    this.#clear()
    if (text !== '') this.#isAtStart = text.endsWith('\n')
    return write()
  }

  /** Of what a terminal shows by itself, such as `^C`, nobody knows: it is cleared where nothing else is in its line. */
  startLine(): void {
    this.#io.err(this.#isAtStart ? CLEAR : '\n')
    this.#isShown = false
    this.#isAtStart = true
  }

  async pausedWhile<Value>(ask: () => Promise<Value>): Promise<Value> {
    this.#clear()
    this.#isPaused = true
    try {
      return await ask()
    } finally {
      this.#isPaused = false
    }
  }

  end(): void {
    clearInterval(this.#timer)
    this.#clear()
  }

  #show(seconds: number): void {
    this.#io.err(`${CLEAR}Working, ${seconds} s`)
    this.#isShown = true
  }

  #clear(): void {
    if (this.#isShown) this.#io.err(CLEAR)
    this.#isShown = false
  }
}
