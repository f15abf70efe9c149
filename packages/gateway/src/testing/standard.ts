import type { JsonObject } from '@bursar/core'
import type { Gateway } from '../gateway.js'
import { type AuthorizationChanges, encode, firstOffer, type Payer } from './payer.js'

/** Asks for a v2 report. */
export function getReport(gateway: Gateway, init: RequestInit = {}, query = ''): Promise<Response> {
  return fetch(`${gateway.url}/standard/v2/report${query}`, init)
}

/** A v2 payment for an offer. */
export async function payOffer(
  payer: Payer,
  offer: JsonObject,
  changes: AuthorizationChanges = {}
): Promise<string> {
  return encode({ x402Version: 2, accepted: offer, payload: await payer.authorize(offer, changes) })
}

/** A v2 payment for the report. */
export async function payForReport(
  gateway: Gateway,
  payer: Payer,
  changes: AuthorizationChanges = {}
): Promise<string> {
  return payOffer(payer, firstOffer(await getReport(gateway)), changes)
}
