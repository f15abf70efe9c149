import type { Policy } from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { type AccountOptions, addressOptions, asksForPassphrase } from './account-options.js'
import { cannotSign } from './watched-accounts.js'
import { withLedger } from './with-ledger.js'

/** What is used while no payment is made. */
export interface StoppedAccounts {
  readonly options: AccountOptions
  /** Whether something was to be signed: a sign-in, or a payment, where the record was thawed meanwhile. */
  readonly needsKey: () => boolean
}

/**
 * Accounts without a key, for as long as the record refuses every payment: a person would be asked for a passphrase, and then
 * told that nothing is paid. `undefined`: payments are made, or nobody is asked.
 */
export async function stoppedAccounts(
  context: CommandContext,
  policy: Policy
): Promise<StoppedAccounts | undefined> {
  if (!(await asksForPassphrase(context)) || !(await isStopped(context))) return undefined
  let wasAsked = false
  const options = await addressOptions(context, policy, () => {
    wasAsked = true
    return cannotSign()
  })
  return { options, needsKey: () => wasAsked }
}

function isStopped(context: CommandContext): Promise<boolean> {
  return withLedger(context, async (ledger) => {
    const { frozen, restored } = await ledger.status()
    return frozen !== undefined || restored !== undefined
  })
}
