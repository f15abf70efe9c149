import { abortable, type BursarError } from '@bursar/core'
import type { PaymentProposal, PolicyOptions } from './policy-options.js'

/** How a person is asked. */
interface Asking {
  /** Of the call: nobody waits for the answer once it is aborted. */
  readonly signal: AbortSignal | undefined
  /** The error where the answer is not `true`. */
  readonly declined: (what: string, cause?: unknown) => BursarError
}

/** Asks the user's `confirm`. @throws the error that `declined` builds, or the signal's reason. */
export async function askToConfirm(
  ask: NonNullable<PolicyOptions['confirm']>,
  proposal: PaymentProposal,
  { signal, declined }: Asking
): Promise<void> {
  const asking = Promise.resolve(proposal)
    .then((asked) => ask(asked, { signal }))
    .catch((cause: unknown) => {
      throw declined('confirm failed, and was asked', cause)
    })
  if ((await abortable(asking, signal)) !== true) throw declined('confirm declined')
}
