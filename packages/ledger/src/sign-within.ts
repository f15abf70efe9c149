import { BursarError, isBursarError, type Purchase, type SignedEvent } from '@bursar/core'
import { transition } from './transition.js'

/**
 * Signs what was just opened, within the transaction that takes its cost. An error of the signer's becomes one of ours:
 * it must not pass for the store's own.
 *
 * @throws {BursarError} `signer/failed`
 */
export function signWithin(opened: Purchase, sign: () => SignedEvent, nowMs: number): Purchase {
  let event: SignedEvent
  try {
    event = sign()
  } catch (cause) {
    if (isBursarError(cause)) throw cause
    const { network } = opened.offer
    throw new BursarError('signer/failed', {
      message: 'The payment could not be signed. Nothing was sent, and nothing is held.',
      context: { network, reason: 'the signer failed' },
      moneyState: 'none',
      cause
    })
  }
  return transition(opened, event, nowMs)
}
