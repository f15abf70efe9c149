import { BursarError } from './bursar-error.js'

/** The error for a purchase that is on its way in another call. */
export function inProgressError(purchase: string, name?: string): BursarError<'purchase/in-progress'> {
  const quoted = name === undefined ? '' : `, "${name}",`
  return new BursarError('purchase/in-progress', {
    message: `Purchase ${purchase}${quoted} is on its way in another call. Nothing was signed.`,
    context: { name, purchase },
    moneyState: 'none'
  })
}
