/** A program's environment variables. */
export type Env = Readonly<Record<string, string | undefined>>

/** The terminal, as a command uses it. Tests bring their own. */
export interface Io {
  readonly env: Env
  /** Characters in a line of the terminal. Absent where the output is no terminal. */
  readonly columns?: number | undefined
  /** The same of standard error. */
  readonly errColumns?: number | undefined
  /** Writes to standard output: what a program may read. */
  out(text: string): void
  /** Whether nobody can read standard output, since it was closed before the command began. */
  readonly isOutClosed?: boolean | undefined
  /** Writes bytes to standard output, and waits until they are taken. Rejects when they cannot be written. */
  write(bytes: Uint8Array): Promise<void>
  /** Writes to standard error: messages for people, and what a call cost. */
  err(text: string): void
  /** Writes to standard error what draws on a terminal, such as a picture. Absent: `err` takes it. */
  readonly draw?: ((sequences: string) => void) | undefined
  /** Asks a person for a line. Absent where there is no terminal. */
  readonly ask?: ((question: string, options?: AskOptions) => Promise<string>) | undefined
}

/** How a person is asked. */
export interface AskOptions {
  /** Whether the terminal shows what is typed. Default: it does not. */
  readonly isShown?: boolean
  /** Takes the question back. */
  readonly signal?: AbortSignal | undefined
}
