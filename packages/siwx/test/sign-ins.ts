import { BASE, type Challenge, type JsonObject, SOLANA_MAINNET } from '@bursar/core'
import fc from 'fast-check'
import type { SignInFields } from '../src/text/sign-in-fields.js'

export const ORIGIN = 'https://api.example.com'

/** The fields of a sign-in for {@link ORIGIN}. */
export function fieldsAt(nowMs: number): SignInFields {
  return {
    domain: 'api.example.com',
    uri: `${ORIGIN}/data`,
    version: '1',
    nonce: '0123456789abcdef',
    issuedAt: new Date(nowMs).toISOString()
  }
}

/** A 402 that asks for a sign-in. */
export function challengeOf(
  info: unknown,
  supportedChains: unknown = bothChains
): Pick<Challenge, 'extensions'> {
  return { extensions: { 'sign-in-with-x': { info, supportedChains } as JsonObject } }
}

export const bothChains = [
  { chainId: BASE, type: 'eip191' },
  { chainId: SOLANA_MAINNET, type: 'ed25519' }
]

const dateTime = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const alphanumeric = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']
const token = fc.string({ unit: fc.constantFrom(...alphanumeric), minLength: 8, maxLength: 40 })
const uri = token.map((path) => `${ORIGIN}/${path}`)

/** Every combination of fields that a server may send. */
export const anyFields: fc.Arbitrary<SignInFields> = fc.record(
  {
    domain: fc.constantFrom('api.example.com', 'localhost:3000', '127.0.0.1:8080'),
    uri,
    version: fc.constant('1' as const),
    nonce: token,
    issuedAt: dateTime,
    statement: fc.string({
      unit: fc.constantFrom(...alphanumeric, ' ', ':', '-', '.', '/', '?'),
      minLength: 1,
      maxLength: 80
    }),
    expirationTime: dateTime,
    notBefore: dateTime,
    requestId: token,
    resources: fc.array(uri, { maxLength: 4 })
  },
  { requiredKeys: ['domain', 'uri', 'version', 'nonce', 'issuedAt'] }
)
