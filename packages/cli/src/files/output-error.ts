/** An answer that could not be kept. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
  /** Whether the answer was paid for. */
  readonly isPaid: boolean

  constructor(message: string, { isPaid, cause }: { readonly isPaid: boolean; readonly cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause })
    this.isPaid = isPaid
  }
}
