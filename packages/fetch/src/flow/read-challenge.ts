import { type Challenge, MAX_HEADER_BYTES } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { BodyTimeout } from '../transport/transport.js'
import { billsElsewhere } from './bills-elsewhere.js'
import type { ChallengeReader } from './challenge-reader.js'
import { type Discovery, timeoutError } from './discover.js'
import type { PaymentContext } from './payment-context.js'

/** What asks about a resource, and buys nothing. */
const unpaidMethods: readonly string[] = ['HEAD', 'OPTIONS']

/** Whether a request asks about a resource, and buys nothing. */
export function buysNothing({ method }: CapturedRequest): boolean {
  return unpaidMethods.includes(method)
}

/** A 402 that is not paid, and goes back as it came. */
export interface UnpaidAnswer {
  /** Why it is not paid. */
  readonly reason: string
}

const noChallenge: UnpaidAnswer = {
  reason: `it has no x402 challenge in its header, nor in a body of at most ${MAX_HEADER_BYTES} bytes`
}

/**
 * Reads the price that a 402 asks, or why it is not paid.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed`, `request/timeout`
 */
export async function readPrice(
  context: PaymentContext,
  { response, request, platformFollowed }: Discovery
): Promise<Challenge | UnpaidAnswer> {
  if (platformFollowed) return { reason: 'the platform followed a redirect to it without saying where' }
  if (buysNothing(request)) return { reason: `${request.method} buys nothing` }
  const timeoutMs = context.settings.beforePaymentMs
  try {
    const challenge = knownIn(context, response) ?? (await readChallenge(context, response, timeoutMs))
    if (!challenge) return noChallenge
    return billsElsewhere(request, challenge.dialect.name)
      ? { reason: 'it is about the account that the request names, and not the price of this call' }
      : challenge
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason
    throw error instanceof BodyTimeout ? timeoutError(request, timeoutMs) : error
  }
}

/** The challenge of a header in words that were read before. */
function knownIn({ challenges }: PaymentContext, response: IncomingResponse): Challenge | undefined {
  const header = response.header('payment-required')
  const known = header === undefined ? undefined : challenges.known(header)
  return known && isWhole(known) ? known : undefined
}

/** Whether it can be paid without a look at the body. */
function isWhole({ offers, isBare }: Challenge): boolean {
  return offers.length > 0 && !isBare
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
  if (inHeader && isWhole(inHeader)) return inHeader
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
  // A page may name the version in its script.
  if (!body?.trimStart().startsWith('{') || !body.includes('"x402Version"')) return undefined
  return challenges.readBody(body)
}
