/** What is known of the server's time when it rejects a payment. */
export interface ClockFacts {
  /** Why it rejected the payment. */
  readonly reason: string | undefined
  /** How far its clock is ahead of this machine's, in seconds, where they differ. */
  readonly aheadSeconds: number | undefined
  /** This machine's time when the answer came. */
  readonly nowMs: number
}

/** Reasons that name time, such as `invalid_exact_evm_payload_authorization_valid_before`. */
const namesTime = /valid_?(?:before|after)|expired|not_yet_valid|too_early|deadline|timestamp|clock/i

/** Names time where it may be why a payment was rejected: the clocks differ, or the reason says so. */
export function clockAdvice({ reason, aheadSeconds, nowMs }: ClockFacts): string | undefined {
  if (aheadSeconds !== undefined) {
    const side = aheadSeconds > 0 ? 'ahead of' : 'behind'
    return `The server’s clock is ${Math.abs(aheadSeconds)} s ${side} this machine’s: a payment is valid for some minutes only, so set the clock that is wrong.`
  }
  if (reason === undefined || !namesTime.test(reason)) return undefined
  return `The reason names time: this machine’s clock says ${new Date(nowMs).toISOString()}, so check it.`
}
