/** One thing that was checked. */
export interface Finding {
  readonly what: string
  readonly ok: boolean
  /** What was found, for people. */
  readonly text: string
}

/** A check that failed. */
export function failedFinding(what: string, error: unknown): Finding {
  return { what, ok: false, text: error instanceof Error ? error.message : String(error) }
}
