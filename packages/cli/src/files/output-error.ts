/**
 * How an answer was paid for: by a payment that the same command resumes, as a job that the service keeps, from an account or a
 * prepaid balance that would be charged again, or not at all.
 */
export type AnswerCost = 'paid' | 'job' | 'account' | 'balance' | 'free'

const hints: Readonly<Record<AnswerCost, string>> = {
  paid: '. It is paid for: the same command within ten minutes gets it and pays no more',
  job: '. The job is paid for: the same command saves it and pays no more',
  account: '. It was charged to the account, and the same command would be charged again',
  balance: '. It was charged to the prepaid balance, and the same command would be charged again',
  free: ''
}

/** An answer that could not be kept. The message says what it means for the money. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
  /** Whether the answer was paid for. */
  readonly isPaid: boolean

  constructor(message: string, { cost, cause }: { readonly cost: AnswerCost; readonly cause?: unknown }) {
    super(message + hints[cost], cause === undefined ? undefined : { cause })
    this.isPaid = cost !== 'free'
  }
}
