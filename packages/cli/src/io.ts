/** What a command reads and writes, so that tests can stand in for a terminal. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  out(text: string | Uint8Array): void
  /** Asks a person for something that is not to be shown. Absent where there is no terminal. */
  readonly ask?: (question: string) => Promise<string>
  /** For people: what happened, and what it cost. Never part of an output that a program reads. */
  tell(text: string): void
}
