import type { Purchase, SignedEvent } from '@bursar/core'
import { transition } from './transition.js'

/** What a signer threw, on its way out of a transaction: whatever it is, it must not pass for an error of the store's. */
export class SignerThrew extends Error {
  override readonly name = 'SignerThrew'
}

/** Signs what was just opened, within the transaction that takes its cost. */
export function signWithin(opened: Purchase, sign: () => SignedEvent, nowMs: number): Purchase {
  let event: SignedEvent
  try {
    event = sign()
  } catch (cause) {
    throw new SignerThrew('The signer failed', { cause })
  }
  return transition(opened, event, nowMs)
}

/** Throws on what a signer threw, as it was. */
export async function asSignerThrew<Value>(reserving: Promise<Value>): Promise<Value> {
  try {
    return await reserving
  } catch (error) {
    throw error instanceof SignerThrew ? error.cause : error
  }
}
