import { BASE, type JsonValue, SOLANA_MAINNET } from '@bursar/core'
import { createSIWxMessage } from '@x402/extensions/sign-in-with-x'
import fc from 'fast-check'
import { parseSiweMessage } from 'viem/siwe'
import { describe, expect, it } from 'vitest'
import { anyFields, fieldsAt } from '../../test/sign-ins.js'
import { evmAccount, keypair } from '../../test/wallets.js'
import { readSignInFields } from './sign-in-fields.js'
import { formatSignIn, parseEvmSignIn } from './sign-in-text.js'

const { address } = evmAccount
const fields = fieldsAt(Date.parse('2026-11-21T03:00:00Z'))

describe('a sign-in text', () => {
  it('is, on both chains, what the official package writes', () => {
    fc.assert(
      fc.property(anyFields, (some) => {
        for (const [network, wallet] of [
          [BASE, address],
          [SOLANA_MAINNET, keypair.publicKey.toBase58()]
        ] as const) {
          const type = network === BASE ? 'eip191' : 'ed25519'
          const info = { ...some, resources: some.resources && [...some.resources], chainId: network, type }
          expect(formatSignIn(some, network, wallet)).toBe(createSIWxMessage(info as never, wallet))
        }
      })
    )
  })

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyFields, (some) => {
        expect(parseEvmSignIn(formatSignIn(some, BASE, address))).toEqual({
          fields: some,
          reference: '8453',
          address
        })
      })
    )
  })

  it("is read by viem's parser as meant", () => {
    fc.assert(
      fc.property(anyFields, ({ resources: _, ...some }) => {
        const parsed = parseSiweMessage(formatSignIn(some, BASE, address))
        expect(parsed).toMatchObject({
          address,
          chainId: 8453,
          nonce: some.nonce,
          uri: some.uri,
          domain: some.domain
        })
        expect(parsed.issuedAt?.toISOString()).toBe(some.issuedAt)
        expect(parsed.requestId).toBe(some.requestId)
      })
    )
  })

  it('that anybody else wrote is read as what writes it again, or not at all', () => {
    const lines = fc.constantFrom(
      ...formatSignIn(fields, BASE, address).split('\n'),
      'Not Before: ',
      '- x',
      '',
      'é'
    )
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 14 }), fc.string(), (some, more) => {
        const text = [...some, more].join('\n')
        const read = parseEvmSignIn(text)
        if (read) expect(formatSignIn(read.fields, `eip155:${read.reference}`, read.address)).toBe(text)
      })
    )
  })
})

describe('peers defect 13: a field', () => {
  const names = [
    'domain',
    'uri',
    'nonce',
    'issuedAt',
    'statement',
    'expirationTime',
    'notBefore',
    'requestId'
  ] as const
  const breaks = [
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\0',
    '\u0085',
    '\u2028',
    '\u2029',
    '\u202e',
    '\u200b',
    '\u001b[2J',
    '\ud800'
  ]
  const valid: Record<string, JsonValue> = {
    ...fields,
    statement: 'Sign in',
    expirationTime: fields.issuedAt,
    notBefore: fields.issuedAt,
    requestId: 'request-1',
    resources: [fields.uri]
  }

  it('with a line break or a control character is rejected wherever it stands', () => {
    expect(readSignInFields(valid)).toEqual(valid)
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...breaks), fc.nat(), (name, control, at) => {
        const text = String(valid[name])
        const cut = at % (text.length + 1)
        const changed = { ...valid, [name]: text.slice(0, cut) + control + text.slice(cut) }
        expect(readSignInFields(changed)).toBe(`its ${name} is missing or malformed`)
        const inResources = { ...valid, resources: [fields.uri, fields.uri + control] }
        expect(readSignInFields(inResources)).toBe('its resources is missing or malformed')
      })
    )
  })

  it('of whatever shape adds no line to the text', () => {
    const expected = formatSignIn({ ...fields, statement: 'x' }, BASE, address).split('\n').length
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.anything(),
        fc.string({ unit: 'binary' }),
        (name, anything, text) => {
          for (const value of [anything, text, `${String(valid[name])}${text}`]) {
            const read = readSignInFields({ ...fields, statement: 'x', [name]: value as JsonValue })
            if (typeof read === 'string') continue
            const lines = formatSignIn(read, BASE, address).split(/[\r\n\u0085\u2028\u2029]/)
            expect(lines.length - expected).toBeLessThanOrEqual(1)
            expect(lines.filter((line) => line.startsWith('URI: '))).toHaveLength(
              name === 'statement' && String(value).startsWith('URI: ') ? 2 : 1
            )
          }
        }
      )
    )
  })

  it.each<[string, JsonValue]>([
    ['version', '2'],
    ['version', 1],
    ['nonce', 'short'],
    ['nonce', 'with-dashes-in-it'],
    ['issuedAt', '21 November 2026'],
    ['issuedAt', '2026-13-01T00:00:00Z'],
    ['issuedAt', '2026-11-21'],
    ['statement', ''],
    ['statement', 'x'.repeat(1_001)],
    ['uri', `https://api.example.com/${'x'.repeat(2_048)}`],
    ['uri', 'https://api.example.com/"'],
    ['resources', 'https://api.example.com/'],
    ['resources', Array.from({ length: 33 }, () => 'https://api.example.com/')],
    ['resources', ['urn:recap:eyJhdHQiOnt9fQ']],
    ['resources', ['URN:ReCap:eyJhdHQiOnt9fQ']]
  ])('%s of %j is rejected', (name, value) => {
    expect(readSignInFields({ ...valid, [name]: value })).toBe(`its ${name} is missing or malformed`)
  })

  it('that is missing is named, and one that is null counts as missing', () => {
    for (const name of ['domain', 'uri', 'version', 'nonce', 'issuedAt']) {
      expect(readSignInFields({ ...valid, [name]: null })).toBe(`its ${name} is missing or malformed`)
    }
    expect(readSignInFields({ ...fields, statement: null, unknown: 'x' })).toEqual(fields)
    expect(readSignInFields(JSON.parse('{"__proto__":{"domain":"x"}}'))).toBe(
      'its domain is missing or malformed'
    )
    expect(readSignInFields([])).toBe('its fields are missing')
  })
})
