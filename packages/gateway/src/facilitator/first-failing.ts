import type { RejectionReason } from './rejection-reasons.js'

/** One check of a payment. @returns the reason when it fails. */
type CheckOf<Context> = (
  context: Context
) => RejectionReason | undefined | Promise<RejectionReason | undefined>

/** Runs checks in their order. @returns the reason of the first that fails. */
export async function firstFailing<Context>(
  checks: readonly CheckOf<Context>[],
  context: Context
): Promise<RejectionReason | undefined> {
  for (const check of checks) {
    const reason = await check(context)
    if (reason) return reason
  }
  return undefined
}
