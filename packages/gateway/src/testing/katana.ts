import type { JsonObject } from '@bursar/core'
import type { Gateway } from '../gateway.js'
import { type AuthorizationChanges, encode, firstOffer, type Payer } from './payer.js'

/** A body for one image. */
export function imageBody(changes: JsonObject = {}): string {
  const item = {
    type: 'image',
    model: 'gen',
    prompt: 'A clean product photo of a mug',
    aspect_ratio: '1:1',
    ...changes
  }
  return JSON.stringify({ requests: [item] })
}

/** Sends a body to Katana's image endpoint. */
export function postImages(
  gateway: Gateway,
  body: string,
  headers: Record<string, string> = {}
): Promise<Response> {
  return fetch(`${gateway.url}/v1/generation-requests?wait=false`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body
  })
}

/** A payment for a body: asks the price, signs, encodes. */
export async function payForImages(
  gateway: Gateway,
  payer: Payer,
  body: string,
  changes: AuthorizationChanges = {}
): Promise<string> {
  const offer = firstOffer(await postImages(gateway, body))
  const payload = await payer.authorize(offer, { times: 'numbers', ...changes })
  return encode({ x402Version: 2, accepted: offer, payload })
}
