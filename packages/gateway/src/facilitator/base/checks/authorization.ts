import type { Check } from '../context.js'

/** Settling takes a few seconds, so an authorization must live at least that long. @see x402 v2, exact scheme on EVM */
const SETTLING_SECONDS = 6n

/** The authorization pays the payee (Katana 27). */
export const paysThePayee: Check = ({ payload, requirements }) =>
  payload.authorization.to.toLowerCase() === requirements.payTo.toLowerCase()
    ? undefined
    : 'recipient_mismatch'

/** The authorization lives long enough to be settled (Katana 34). */
export const livesLongEnough: Check = ({ payload, nowSeconds }) =>
  payload.authorization.validBefore >= nowSeconds + SETTLING_SECONDS ? undefined : 'valid_before_too_soon'

/** The authorization is already valid (Katana 34). */
export const isAlreadyValid: Check = ({ payload, nowSeconds }) =>
  payload.authorization.validAfter <= nowSeconds ? undefined : 'valid_after_in_future'

/** The authorization pays exactly the amount, neither less nor more (Katana 28). */
export const paysTheAmount: Check = ({ payload, requirements }) =>
  payload.authorization.value === BigInt(requirements.amount) ? undefined : 'value_mismatch'
