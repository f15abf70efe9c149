import type { Check } from '../context.js'

/** Settling takes a few seconds: what dies sooner is refused. @see x402 v2, exact scheme on EVM */
const SETTLING_SECONDS = 6n

/** Katana 27: the authorization pays the payee. */
export const paysThePayee: Check = ({ payload, requirements }) =>
  payload.authorization.to.toLowerCase() === requirements.payTo.toLowerCase()
    ? undefined
    : 'recipient_mismatch'

/** Katana 34: the authorization lives long enough to be settled. */
export const livesLongEnough: Check = ({ payload, nowSeconds }) =>
  payload.authorization.validBefore >= nowSeconds + SETTLING_SECONDS ? undefined : 'valid_before_too_soon'

/** Katana 34: the authorization is already valid. */
export const isAlreadyValid: Check = ({ payload, nowSeconds }) =>
  payload.authorization.validAfter <= nowSeconds ? undefined : 'valid_after_in_future'

/** Katana 28: the authorization pays the amount exactly, neither less nor more. */
export const paysTheAmount: Check = ({ payload, requirements }) =>
  payload.authorization.value === BigInt(requirements.amount) ? undefined : 'value_mismatch'
