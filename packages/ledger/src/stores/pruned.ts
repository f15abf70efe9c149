/** What was forgotten. */
export interface Pruned {
  readonly purchases: number
  readonly jobs: number
  /** What was reserved before this time, in Unix milliseconds, may be gone. */
  readonly untilMs: number
}
