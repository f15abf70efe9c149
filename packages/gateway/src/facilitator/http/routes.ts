import type { JsonObject } from '@bursar/core'
import { readJson } from '../../server/request.js'
import { errorResponse, type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext, Route } from '../../server/route.js'
import { type Facilitator, FacilitatorUnavailable, type Settlement } from '../facilitator.js'
import { SPONSORING } from '../permit2/token-permit.js'
import { type FacilitatorCall, readFacilitatorRequest } from './facilitator-request.js'

type Answer = (call: FacilitatorCall, incoming: RequestContext) => Promise<HttpResponse>

/**
 * `GET /supported`, `POST /verify` and `POST /settle`, so that another x402 server can use the gateway as its
 * facilitator. Faults of the paid leg apply to the last two.
 */
export function facilitatorRoutes(facilitators: readonly Facilitator[]): readonly Route[] {
  const post = (path: RegExp, answer: Answer): Route => ({
    methods: ['POST'],
    path,
    leg: 'paid',
    takesFaults: true,
    handle: async (incoming) => {
      const call = readFacilitatorRequest(await readJson(incoming.request), facilitators)
      return unlessUnavailable(() => answer(call, incoming))
    }
  })
  return [
    { methods: ['GET'], path: /^\/supported$/, handle: () => jsonResponse(200, supported(facilitators)) },
    post(/^\/verify$/, verify),
    post(/^\/settle$/, settle)
  ]
}

function supported(facilitators: readonly Facilitator[]): JsonObject {
  const kinds = facilitators.flatMap((facilitator) => [
    ...exactKinds(facilitator),
    ...(isByPermit2(facilitator) ? permit2Kinds(facilitator) : [])
  ])
  const signers = Object.fromEntries(
    facilitators.map(({ network, signers }) => [`${network.split(':')[0]}:*`, [...signers]])
  )
  const extensions = facilitators.some(isByPermit2) ? [SPONSORING] : []
  return { kinds, extensions, signers }
}

function exactKinds({ network, name, extra }: Facilitator): JsonObject[] {
  return [
    { x402Version: 2, scheme: 'exact', network, extra },
    { x402Version: 1, scheme: 'exact', network: name, extra }
  ]
}

/** Permit2 is on EVM networks alone. */
function isByPermit2({ network }: Facilitator): boolean {
  return network.startsWith('eip155:')
}

/** In `upto`, an offer names who settles it. */
function permit2Kinds({ network, extra, signers }: Facilitator): JsonObject[] {
  const byPermit2 = { ...extra, assetTransferMethod: 'permit2' }
  const [facilitatorAddress = ''] = signers
  return [
    { x402Version: 2, scheme: 'exact', network, extra: byPermit2 },
    { x402Version: 2, scheme: 'upto', network, extra: { ...byPermit2, facilitatorAddress } }
  ]
}

async function verify(
  { facilitator, payment }: FacilitatorCall,
  { faults }: RequestContext
): Promise<HttpResponse> {
  const verdict = await facilitator.verify(payment, { clockOffsetSeconds: faults.clockOffsetSeconds() })
  const { payer } = verdict
  const rejection = verdict.ok ? faults.rejection() : verdict.reason
  return jsonResponse(200, {
    isValid: rejection === undefined,
    ...(rejection === undefined ? {} : { invalidReason: rejection }),
    ...(payer === undefined ? {} : { payer })
  })
}

async function settle(call: FacilitatorCall, { faults }: RequestContext): Promise<HttpResponse> {
  const { facilitator, payment } = call
  const interruption = faults.beforeSettling()
  if (interruption) return interruption
  const rejection = faults.rejection()
  const settlement: Settlement = rejection
    ? { outcome: 'failed', reason: rejection }
    : await facilitator.settle(payment, {
        ...faults.settleOptions(),
        clockOffsetSeconds: faults.clockOffsetSeconds()
      })
  const response = jsonResponse(200, settleBody(call, settlement))
  if (settlement.outcome !== 'settled') return response
  return faults.afterSettling(response, () =>
    jsonResponse(200, settleBody(call, { outcome: 'failed', reason: 'simulation_failed' }))
  )
}

/** @see x402 v2 specification, section 7.2 */
function settleBody({ facilitator, payment, network }: FacilitatorCall, settlement: Settlement): JsonObject {
  const identity = facilitator.identify(payment)
  const payer = identity.payer === undefined ? {} : { payer: identity.payer }
  const { transaction = '' } = settlement
  const { scheme, amount } = payment.requirements
  if (settlement.outcome === 'settled')
    return { success: true, transaction, network, ...payer, ...(scheme === 'upto' && { amount }) }
  const errorReason = settlement.outcome === 'failed' ? settlement.reason : 'settlement_pending'
  return { success: false, errorReason, transaction, network, ...payer }
}

async function unlessUnavailable(answer: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof FacilitatorUnavailable)) throw error
    return errorResponse(502, 'facilitator_unavailable', 'The chain could not be asked.')
  }
}
