import type { JsonObject } from '@bursar/core'
import { offerV1Schema, offerV2Schema, paymentV1Schema, paymentV2Schema } from '@bursar/core/wire'
import * as z from 'zod'
import { HttpError } from '../../server/response.js'
import type { Facilitator, SubmittedPayment } from '../facilitator.js'

/** The body of `POST /verify` and `POST /settle`. @see x402 v2 specification, section 7 */
const facilitatorRequest = z.discriminatedUnion('x402Version', [
  z.object({
    x402Version: z.literal(1),
    paymentPayload: paymentV1Schema,
    paymentRequirements: offerV1Schema
  }),
  z.object({ x402Version: z.literal(2), paymentPayload: paymentV2Schema, paymentRequirements: offerV2Schema })
])

type FacilitatorRequest = z.infer<typeof facilitatorRequest>

/** A payment that another server submits, with the facilitator of its network. */
export interface FacilitatorCall {
  readonly facilitator: Facilitator
  readonly payment: SubmittedPayment
  /** The network as the request names it, which differs between x402 v1 and v2. */
  readonly network: string
}

/**
 * Reads a payment that another server submits.
 *
 * @throws {HttpError} 400 when the body is malformed or the network is not served.
 */
export function readFacilitatorRequest(
  body: JsonObject,
  facilitators: readonly Facilitator[]
): FacilitatorCall {
  const parsed = facilitatorRequest.safeParse(body)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new HttpError(400, 'invalid_request', `${field || 'x402Version'} is missing or not accepted.`)
  }
  const { data } = parsed
  const { network, scheme, asset, payTo, extra } = data.paymentRequirements
  const facilitator = facilitators.find((each) => network === nameOf(each, data))
  if (!facilitator) throw new HttpError(400, 'unsupported_network', `${network} is not served.`)
  const terms = { network: facilitator.network, scheme, asset, payTo, amount: amountOf(data) }
  const requirements = { ...terms, extra: extra ?? {} }
  const { payload } = data.paymentPayload
  const extensions = data.x402Version === 2 ? data.paymentPayload.extensions : undefined
  return { facilitator, network, payment: { requirements, payload, extensions, dialect: 'standard' } }
}

function nameOf({ network, name }: Facilitator, { x402Version }: FacilitatorRequest): string {
  return x402Version === 1 ? name : network
}

function amountOf(request: FacilitatorRequest): string {
  return request.x402Version === 1
    ? request.paymentRequirements.maxAmountRequired
    : request.paymentRequirements.amount
}
