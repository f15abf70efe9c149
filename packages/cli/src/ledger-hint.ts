import { bursarErrorOf } from '@bursar/core'
import type { Progress } from './context.js'
import { dataFolder } from './files/data-folder.js'
import type { PolicyContext } from './policy/command-policy.js'
import { UsageError } from './usage-error.js'

/** What to do about a ledger that cannot be used: where it is, and what names another. Empty for every other error. */
export async function ledgerHint(
  error: unknown,
  { policyContext }: Pick<Progress, 'policyContext'>
): Promise<string> {
  const known = error instanceof UsageError ? undefined : bursarErrorOf(error, 'ledger/unavailable')
  if (!known || !policyContext) return ''
  if (known.message.includes('must be compared with the chain')) return ' bursar reconcile compares it.'
  return placeOf(policyContext)
}

/** The policy is loaded only where something is said of it. */
async function placeOf(context: PolicyContext): Promise<string> {
  const [{ ledgerPlace }, { commandPolicy }] = await Promise.all([
    import('./accounts/open-ledger.js'),
    import('./policy/command-policy.js')
  ])
  try {
    const named = commandPolicy(context).values.find(({ key }) => key === 'ledger')
    if (!named) return ` The ledger is in ${dataFolder(context.env)}. BURSAR_HOME names another folder.`
    return ` The ledger is ${ledgerPlace(context).shown}, as ${named.name} says.`
  } catch {
    // A policy that was changed meanwhile and cannot be read is told by the next command.
    return ''
  }
}
