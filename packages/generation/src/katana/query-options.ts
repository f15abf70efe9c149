/** Options of every request. */
export interface QueryOptions {
  /**
   * Ends the request. Default: it ends by its own time limits.
   *
   * @example { signal: AbortSignal.timeout(5_000) }
   */
  readonly signal?: AbortSignal | undefined
}

/** Options of an attestation. */
export interface AttestationOptions extends QueryOptions {
  /**
   * 64 hex digits, which the proof repeats. Default: random ones.
   *
   * @example { nonce: 'ab'.repeat(32) }
   */
  readonly nonce?: string | undefined
}
