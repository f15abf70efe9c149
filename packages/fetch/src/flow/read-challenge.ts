import { type Challenge, headerTooLargeError, MAX_HEADER_BYTES } from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { BodyTimeout } from '../transport/transport.js'
import { billsElsewhere } from './bills-elsewhere.js'
import type { ChallengeReader } from './challenge-reader.js'
import { type Discovery, timeoutError } from './discover.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Reads the price of an answer that may be paid. `undefined` when it is no x402 402, or does not ask for the price of this
 * call.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed`, `request/timeout`
 */
export async function readPrice(
  context: PaymentContext,
  { response, request }: Discovery
): Promise<Challenge | undefined> {
  const timeoutMs = context.settings.beforePaymentMs
  try {
    const challenge = await readChallenge(context, response, timeoutMs)
    return challenge && !billsElsewhere(request, challenge.dialect.name) ? challenge : undefined
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason
    throw error instanceof BodyTimeout ? timeoutError(request, timeoutMs) : error
  }
}

/**
 * Reads the challenge of a 402, in its header or in its body. A header that cannot be read, or has nothing that could be
 * paid, gives way to the body, which is as much the server's word. `undefined` for other 402s, such as that of an account
 * without credits.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed`
 * @throws {BodyTimeout} when the body does not end in time.
 */
export async function readChallenge(
  { challenges }: PaymentContext,
  response: IncomingResponse,
  timeoutMs: number
): Promise<Challenge | undefined> {
  const header = response.header('payment-required')
  if (header === undefined) return readBody(challenges, response, timeoutMs)
  let inHeader: Challenge | undefined
  let failure: unknown
  try {
    inHeader = await challenges.readHeader(header)
  } catch (error) {
    failure = error
  }
  if (inHeader && inHeader.offers.length > 0 && !inHeader.isBare) return inHeader
  const inBody = await readBody(challenges, response, timeoutMs).catch(() => undefined)
  if (inBody && (!inHeader || inBody.offers.length > 0)) return inBody
  if (!inHeader) throw failure
  return inHeader
}

/** By what it says: servers send challenges as any type of content. */
async function readBody(
  challenges: ChallengeReader,
  response: IncomingResponse,
  timeoutMs: number
): Promise<Challenge | undefined> {
  const body = await response.text({ maxBytes: MAX_HEADER_BYTES, timeoutMs })
  if (body === undefined) throw headerTooLargeError('The body of the 402', ' Nothing was paid.')
  return body.includes('"x402Version"') ? challenges.readBody(body) : undefined
}
