/** Options of a request that is free. */
export interface QueryOptions {
  readonly signal?: AbortSignal | undefined
}

/** Options of an attestation. */
export interface AttestationOptions extends QueryOptions {
  /** 64 hex digits, which the proof repeats. Default: fresh ones. */
  readonly nonce?: string | undefined
}
