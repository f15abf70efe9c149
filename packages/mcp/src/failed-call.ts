/** What a call bought, as the ledger has it. */
export interface Bought {
  /** What is paid or may be, in words, such as `0.05 USDC`. Absent where the ledger could not be read. */
  readonly spent: string | undefined
  /** The job that was bought, by the service's name for it. */
  readonly job: string | undefined
}

/** A call of a tool that spends, and that failed. */
export class FailedCall extends Error implements Bought {
  override readonly name = 'FailedCall'
  readonly spent: string | undefined
  readonly job: string | undefined

  constructor(cause: unknown, { spent, job }: Bought) {
    super('The call failed', { cause })
    this.spent = spent
    this.job = job
  }
}
