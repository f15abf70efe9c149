import { isJsonObject, type JsonObject } from '@bursar/core'
import bs58 from 'bs58'
import type { ServerOffer } from '../payment/protocol.js'
import { decodePaymentHeader, encodePaymentHeader } from '../payment/wire.js'
import type { HttpResponse } from '../server/response.js'
import type { Fault, FaultContext } from './fault.js'

const HUGE_BYTES = 512 * 1024

/** What can be wrong with a challenge. */
export const challengeFaults = {
  'challenge-missing': {
    leg: 'unpaid',
    summary: 'answers 402 without a challenge',
    onChallenge: (response) => editChallenge(response, () => undefined)
  },
  'challenge-malformed': {
    leg: 'unpaid',
    summary: 'answers 402 with a challenge that is not base64, not JSON, or has no `accepts` (option `how`)',
    onChallenge: (response, { options }) =>
      editChallenge(response, (text) => malform(text, options.how ?? 'base64'))
  },
  'challenge-huge': {
    leg: 'unpaid',
    summary: 'answers 402 with a challenge of half a megabyte (option `bytes`)',
    onChallenge: (response, { options }) =>
      editChallenge(response, (text) => inflate(text, options.bytes ?? HUGE_BYTES))
  },
  'wrong-payee': {
    leg: 'unpaid',
    summary: 'offers with a payee that is not the gateway’s',
    onOffers: (offers, context) => editOffers(offers, (wire) => ({ payTo: randomAddress(wire, context) }))
  },
  'price-above-quote': {
    leg: 'paid',
    summary: 'asks twice the price when the payment arrives (option `factor`); on leg `unpaid`, quotes it',
    onOffers: (offers, { options }) =>
      editOffers(offers, (wire) => multiplyPrice(wire, BigInt(options.factor ?? 2)))
  },
  'wrong-domain': {
    leg: 'unpaid',
    summary: 'offers with an EIP-712 domain name that is not the token’s',
    onOffers: (offers) =>
      editOffers(offers, ({ extra }) => ({
        extra: { ...(isJsonObject(extra) ? extra : {}), name: 'Dollar Coin', version: '2' }
      }))
  },
  'unknown-asset': {
    leg: 'unpaid',
    summary: 'offers in an asset that does not exist',
    onOffers: (offers, context) => editOffers(offers, (wire) => ({ asset: randomAddress(wire, context) }))
  },
  'unknown-scheme-among-known': {
    leg: 'unpaid',
    summary: 'puts an offer of an unknown scheme, and an entry that is no offer, before the real ones',
    onOffers: (offers) => {
      const [first] = offers
      if (!first) return offers
      const { facilitator } = first
      return [
        { wire: { ...first.wire, scheme: 'barter' }, facilitator },
        { wire: { scheme: 'exact', note: 'to be agreed' }, facilitator },
        ...offers
      ]
    }
  },
  'timeout-seconds-1e9': {
    leg: 'unpaid',
    summary: 'offers with a `maxTimeoutSeconds` of a billion',
    onOffers: (offers) => editOffers(offers, () => ({ maxTimeoutSeconds: 1_000_000_000 }))
  }
} as const satisfies Record<string, Fault>

/** Changes the text of the challenge, which is in a header (v2, Katana) or in the body (v1). */
function editChallenge(response: HttpResponse, edit: (text: string) => string | undefined): HttpResponse {
  const { 'PAYMENT-REQUIRED': header, ...headers } = response.headers
  if (header === undefined) return { ...response, body: edit(String(response.body)) ?? '{}' }
  const edited = edit(header)
  return { ...response, headers: edited === undefined ? headers : { ...headers, 'PAYMENT-REQUIRED': edited } }
}

function malform(text: string, how: 'base64' | 'json' | 'accepts'): string {
  const isHeader = !text.startsWith('{')
  if (how === 'base64') return isHeader ? `%${text.slice(1)}` : text.slice(1)
  const json =
    how === 'json' ? '{"x402Version":2,"accepts":[' : '{"x402Version":2,"error":"Payment required"}'
  return isHeader ? Buffer.from(json).toString('base64') : json
}

/** Makes the challenge large. It stays well-formed. */
function inflate(text: string, bytes: number): string {
  const challenge: unknown = text.startsWith('{') ? JSON.parse(text) : decodePaymentHeader(text)
  const padded = { ...(isJsonObject(challenge) ? challenge : {}), error: 'x'.repeat(bytes) }
  return text.startsWith('{') ? JSON.stringify(padded) : encodePaymentHeader(padded)
}

function editOffers(
  offers: readonly ServerOffer[],
  edit: (wire: JsonObject) => JsonObject
): readonly ServerOffer[] {
  return offers.map(({ wire, facilitator }) => ({ wire: { ...wire, ...edit(wire) }, facilitator }))
}

function multiplyPrice(wire: JsonObject, factor: bigint): JsonObject {
  const fields = ['amount', 'maxAmountRequired'].filter((key) => typeof wire[key] === 'string')
  return Object.fromEntries(fields.map((key) => [key, String(BigInt(String(wire[key])) * factor)]))
}

function randomAddress({ network }: JsonObject, { random }: FaultContext): string {
  const isSolana = String(network).startsWith('solana')
  return isSolana ? bs58.encode(random(32)) : `0x${Buffer.from(random(20)).toString('hex')}`
}
