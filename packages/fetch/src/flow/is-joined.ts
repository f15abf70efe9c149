import type { Call } from './call.js'
import type { PaymentContext } from './payment-context.js'

/** Whether a call that comes while an equal one is in flight is to share its end. */
export function isJoined(context: PaymentContext, { options }: Call): boolean {
  return !options.again && (options.inFlight ?? context.inFlight) === 'join'
}
