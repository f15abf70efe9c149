import {
  type Challenge,
  headerTooLargeError,
  MAX_HEADER_BYTES,
  parseChallengeBody,
  parseChallengeHeader,
  type Registry
} from '@bursar/core'
import type { Answer } from '../transport/answer.js'

/**
 * Reads the challenge of a 402: the header for v2, else the body. `undefined` when the 402 is none of
 * x402's, such as an account that has run out of credits.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed`
 */
export async function readChallenge(answer: Answer, registry: Registry): Promise<Challenge | undefined> {
  const header = answer.header('payment-required')
  if (header !== undefined) return parseChallengeHeader(header, registry)
  const body = await answer.text(MAX_HEADER_BYTES)
  if (body === undefined) throw headerTooLargeError('The body of the 402', ' Nothing was paid.')
  return body.includes('"x402Version"') ? parseChallengeBody(body, registry) : undefined
}
