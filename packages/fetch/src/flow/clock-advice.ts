/** What is known of the server's time when it rejects a payment. */
export interface ClockFacts {
  /** Why it rejected the payment. */
  readonly reason: string | undefined
  /** Its `Date` header. */
  readonly date: string | undefined
  /** This machine's time when the answer came. */
  readonly nowMs: number
}

/** Facilitators want a few seconds of validity; a `Date` header counts whole seconds and an answer takes its time. */
const MAX_DIFFERENCE_SECONDS = 5

/** Reasons that name time, such as `invalid_exact_evm_payload_authorization_valid_before`. */
const namesTime = /valid_?(?:before|after)|expired|not_yet_valid|too_early|deadline|timestamp|clock/i

/** Names time where it may be why a payment was rejected: the clocks differ, or the reason says so. */
export function clockAdvice({ reason, date, nowMs }: ClockFacts): string | undefined {
  const serverMs = date === undefined ? Number.NaN : Date.parse(date)
  const seconds = Math.round((serverMs - nowMs) / 1000)
  if (Math.abs(seconds) > MAX_DIFFERENCE_SECONDS) {
    const side = seconds > 0 ? 'ahead of' : 'behind'
    return `The server’s clock is ${Math.abs(seconds)} s ${side} this machine’s: a payment is valid for some minutes only, so set the clock that is wrong.`
  }
  if (reason === undefined || !namesTime.test(reason)) return undefined
  return `The reason names time: this machine’s clock says ${new Date(nowMs).toISOString()}, so check it.`
}
