/**
 * Told when a body has been delivered to its end, or let go, or with what broke it off, and perhaps more than once: what
 * is told first holds. The reader learns of a break only when that has been taken note of, so that it cannot call again
 * before.
 */
export type OnEnd = (failure?: unknown) => Promise<void> | void

/** An HTTP answer before it becomes a `Response`: cheap to look at and to throw away. */
export interface Answer {
  readonly status: number
  /** By lower-case name. */
  header(name: string): string | undefined
  /**
   * Reads the body as text. `undefined` when it is longer than `maxBytes`; the answer can then still be
   * handed on whole.
   */
  text(maxBytes: number): Promise<string | undefined>
  /** Lets the body go and the connection be used again. */
  discard(): Promise<void>
  /** Hands the answer to the caller. */
  toResponse(onEnd?: OnEnd): Response
}
