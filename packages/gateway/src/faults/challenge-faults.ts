import type { JsonObject } from '@bursar/core'
import bs58 from 'bs58'
import type { ServerOffer } from '../payment/protocol.js'
import { decodePaymentHeader, encodePaymentHeader } from '../payment/wire.js'
import type { HttpResponse } from '../server/response.js'
import type { Fault, FaultContext } from './fault.js'

const HUGE_BYTES = 512 * 1024

/** The server's 402 is not to be trusted. */
export const challengeFaults = {
  'challenge-missing': {
    leg: 'unpaid',
    does: 'answers 402 without a challenge',
    onChallenge: (response) => editChallenge(response, () => undefined)
  },
  'challenge-malformed': {
    leg: 'unpaid',
    does: 'answers 402 with a challenge that is not base64, not JSON, or has no `accepts` (option `how`)',
    onChallenge: (response, { options }) =>
      editChallenge(response, (text) => malform(text, options.how ?? 'base64'))
  },
  'challenge-huge': {
    leg: 'unpaid',
    does: 'answers 402 with a challenge of half a megabyte (option `bytes`)',
    onChallenge: (response, { options }) =>
      editChallenge(response, (text) => inflate(text, options.bytes ?? HUGE_BYTES))
  },
  'wrong-payee': {
    leg: 'unpaid',
    does: 'offers with a payee that is not the gateway’s',
    onOffers: (offers, context) => editOffers(offers, (wire) => ({ payTo: randomAddress(wire, context) }))
  },
  'price-above-quote': {
    leg: 'paid',
    does: 'wants twice the price when the payment arrives (option `factor`; leg `unpaid`: quotes it)',
    onOffers: (offers, { options }) => editOffers(offers, (wire) => dearer(wire, BigInt(options.factor ?? 2)))
  },
  'wrong-domain': {
    leg: 'unpaid',
    does: 'offers with an EIP-712 domain name that is not the token’s',
    onOffers: (offers) =>
      editOffers(offers, ({ extra }) => ({
        extra: { ...asObject(extra), name: 'Dollar Coin', version: '2' }
      }))
  },
  'unknown-asset': {
    leg: 'unpaid',
    does: 'offers in an asset that nobody knows',
    onOffers: (offers, context) => editOffers(offers, (wire) => ({ asset: randomAddress(wire, context) }))
  },
  'unknown-scheme-among-known': {
    leg: 'unpaid',
    does: 'puts an offer of an unknown scheme, and one that is no offer at all, before the real ones',
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
    does: 'offers with a `maxTimeoutSeconds` of a billion',
    onOffers: (offers) => editOffers(offers, () => ({ maxTimeoutSeconds: 1_000_000_000 }))
  }
} as const satisfies Record<string, Fault>

/** The text of the challenge is the header's (v2, Katana), else the body's (v1). */
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

/** Stays well-formed: only the size is wrong. */
function inflate(text: string, bytes: number): string {
  const challenge = asObject(text.startsWith('{') ? JSON.parse(text) : decodePaymentHeader(text))
  const padded = { ...challenge, error: 'x'.repeat(bytes) }
  return text.startsWith('{') ? JSON.stringify(padded) : encodePaymentHeader(padded)
}

function editOffers(
  offers: readonly ServerOffer[],
  edit: (wire: JsonObject) => JsonObject
): readonly ServerOffer[] {
  return offers.map(({ wire, facilitator }) => ({ wire: { ...wire, ...edit(wire) }, facilitator }))
}

function dearer(wire: JsonObject, factor: bigint): JsonObject {
  const sums = ['amount', 'maxAmountRequired'].filter((key) => typeof wire[key] === 'string')
  return Object.fromEntries(sums.map((key) => [key, String(BigInt(String(wire[key])) * factor)]))
}

function randomAddress({ network }: JsonObject, { random }: FaultContext): string {
  const isSolana = String(network).startsWith('solana')
  return isSolana ? bs58.encode(random(32)) : `0x${Buffer.from(random(20)).toString('hex')}`
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {}
}
