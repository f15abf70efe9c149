import { BursarError } from './bursar-error.js'

/** The error for a name that belongs to another purchase. */
export function nameTakenError(name: string, purchase: string): BursarError<'purchase/name-taken'> {
  return new BursarError('purchase/name-taken', {
    message: `The name "${name}" belongs to purchase ${purchase}. Nothing was signed.`,
    context: { name, purchase },
    moneyState: 'none'
  })
}
