/**
 * Observes the body of a paid answer to its end. The reader sees the end only after it was handled here, so that an
 * equal call cannot come before. It may be called more than once; the first call counts.
 */
export interface BodyObserver {
  /** The whole body has arrived. Its reader gets the end once this resolves. */
  onComplete(): Promise<void>
  /** The body broke off. Resolves with the error that its reader gets. */
  onBreak(cause: unknown): Promise<unknown>
  /** The reader cancelled the rest of the body. */
  onCancel(reason: unknown): void
}

/** How much of a body is read as text, and for how long. */
export interface TextLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** An HTTP answer before it becomes a `Response`: cheap to look at and to throw away. */
export interface IncomingResponse {
  readonly status: number
  readonly statusText: string
  /** By lower-case name. */
  header(name: string): string | undefined
  /**
   * Reads the body as text. `undefined` when it is longer than `maxBytes`; the answer can then still be handed on whole.
   *
   * @throws {BodyTimeout} when it has not ended within `timeoutMs`.
   */
  text(limits: TextLimits): Promise<string | undefined>
  /** Discards the body, so that the connection can be reused. */
  discard(): Promise<void>
  /** Hands the answer to the caller. A body that has already arrived is complete before this resolves. */
  toResponse(observer?: BodyObserver): Promise<Response>
}
