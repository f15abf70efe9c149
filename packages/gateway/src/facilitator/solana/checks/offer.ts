import type { Check } from '../context.js'

/** The scheme is `exact`. */
export const schemeIsExact: Check = ({ requirements }) =>
  requirements.scheme === 'exact' ? undefined : 'unsupported_scheme'

/** The offer is for this network. */
export const networkMatches: Check = ({ requirements, network }) =>
  requirements.network === network ? undefined : 'network_mismatch'

/** The gateway holds the key of the fee payer that the offer names. */
export const feePayerIsOurs: Check = ({ ownKeys, feePayer }) =>
  ownKeys.some((key) => key.equals(feePayer)) ? undefined : 'fee_payer_unknown'
