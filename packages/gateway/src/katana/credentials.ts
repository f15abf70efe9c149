import { type Answer, errorAnswer } from '../server/answer.js'
import type { Arrival } from '../server/arrival.js'

/**
 * Holds a request to one billing path (Katana 17 to 21). This gateway keeps no accounts, so that every API
 * key is a wrong one, and no balances.
 *
 * @param paid whether the request carries a payment.
 * @returns the refusal, or nothing when x402 may go on.
 */
export function refuseCredentials(
  arrival: Arrival,
  paid: boolean,
  loneCredential: 'refuse' | 'ignore'
): Answer | undefined {
  const key = apiKeyOf(arrival)
  const hasKey = key === 'whole' || (key === 'lone' && loneCredential === 'refuse')
  const hasProof = arrival.header('x-sign-in-with-x') !== undefined
  if ([hasKey, hasProof, paid].filter(Boolean).length > 1) {
    return errorAnswer(400, 'several_billing_paths', 'Use one of API key, payment and wallet balance.')
  }
  if (hasKey) return errorAnswer(401, 'invalid_credentials', unauthorized[key === 'whole' ? 'whole' : 'lone'])
  if (hasProof) return errorAnswer(401, 'invalid_wallet_proof', 'This gateway keeps no wallet balances.')
  return undefined
}

const unauthorized = {
  whole: 'The API key is not known. To pay with x402, leave it out.',
  lone: 'A key without its secret, or a bearer token without a colon, is no credential. To pay with x402, leave it out.'
}

function apiKeyOf(arrival: Arrival): 'whole' | 'lone' | undefined {
  const key = arrival.header('x-api-key')
  const secret = arrival.header('x-api-secret')
  if (key !== undefined && secret !== undefined) return 'whole'
  const authorization = arrival.header('authorization')
  if (authorization !== undefined) return /^Bearer [^:]+:.+$/i.test(authorization) ? 'whole' : 'lone'
  return key !== undefined || secret !== undefined ? 'lone' : undefined
}
