import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format, inspect } from 'node:util'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { BursarError } from './bursar-error.js'

const details = { message: 'It failed.', context: { host: 'h' }, moneyState: 'none' } as const
const PAYMENT = {
  purchase: 'p1',
  network: 'eip155:8453',
  payer: '0xa',
  payTo: '0xb',
  amount: '0.01',
  symbol: 'USDC',
  reference: '0xc',
  expiresAtSeconds: 0
} as const

/** An error as a chain library throws it, with secrets in all that a logger may print. */
function leakyCause(): Error {
  return Object.assign(new Error('POST https://rpc.example/v2/secret-key failed'), {
    code: 'ECONNREFUSED',
    status: 503,
    request: { headers: { 'payment-signature': 'secret-payment' } },
    url: 'https://rpc.example/v2/secret-key'
  })
}

/** An object that throws whatever is done with it. */
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

describe('the error class', () => {
  it('has a context that cannot be changed', () => {
    expect(Object.isFrozen(new BursarError('request/insecure', details).context)).toBe(true)
  })

  it.each([
    [
      'a getter that throws',
      Object.defineProperty(new Error('x'), 'code', { get: () => expect.unreachable() })
    ],
    ['nothing that can be read', revoked()]
  ])('is made of a cause with %s: it still says where the money is', (_, cause) => {
    const error = new BursarError('request/insecure', { ...details, cause })
    expect(error).toMatchObject({ moneyState: 'none', cause: { name: 'Error' } })
  })

  it('reduces a foreign cause to name, code and status', () => {
    const error = new BursarError('request/insecure', { ...details, cause: leakyCause() })
    expect(error.cause).toEqual({ name: 'Error', code: 'ECONNREFUSED', status: 503 })
  })

  it.each([
    ['text', 'secret', { name: 'string' }],
    [
      'a name that is a sentence',
      { name: 'no name at all', code: 'secret code', status: '503' },
      { name: 'Error' }
    ],
    [
      'a code one level down',
      { name: 'TypeError', cause: { code: 'UND_ERR' } },
      { name: 'TypeError', code: 'UND_ERR' }
    ],
    ['a numeric code', { code: -32_000 }, { name: 'Error', code: -32_000 }]
  ])('reduces %s as cause', (_, cause, reduced) => {
    expect(new BursarError('request/insecure', { ...details, cause }).cause).toEqual(reduced)
  })

  it('keeps a cause of its own kind, also one that a foreign error wraps', () => {
    const cause = new BursarError('request/insecure', details)
    for (const given of [cause, new Error('secret', { cause })])
      expect(new BursarError('request/insecure', { ...details, cause: given }).cause).toBe(cause)
  })

  it('calls itself an AbortError when the caller aborted, so that SDKs take it for one', () => {
    const aborted = new BursarError('payment/aborted', { ...details, context: PAYMENT, moneyState: 'sent' })
    expect(aborted.name).toBe('AbortError')
  })
})

describe('an error in a log', () => {
  const error = new BursarError('payment/refused', {
    message: 'The server refused.',
    context: PAYMENT,
    moneyState: 'sent',
    cause: leakyCause()
  })

  it('is written by JSON.stringify with its message, code, money state, context and cause', () => {
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({
      error: {
        name: 'BursarError',
        code: 'payment/refused',
        message: 'The server refused.',
        moneyState: 'sent',
        context: PAYMENT,
        docs: 'bursar/docs/errors.md#payment-refused',
        cause: { name: 'Error', code: 'ECONNREFUSED', status: 503 }
      }
    })
  })

  it('is cloned with its message, and written by pino with its code and money state', () => {
    expect(structuredClone(error).message).toBe('The server refused.')
    const lines: string[] = []
    pino({}, { write: (line) => void lines.push(line) }).error(error)
    expect(JSON.parse(lines.join(''))).toMatchObject({
      err: { code: 'payment/refused', moneyState: 'sent', context: PAYMENT, message: 'The server refused.' }
    })
  })

  it('shows nothing of what its cause held, wherever it is written', () => {
    const lines: string[] = []
    pino({}, { write: (line) => void lines.push(line) }).error({ error, err: error })
    const texts = [
      inspect(error, { depth: 9, showHidden: true }),
      inspect(error, { depth: 9, showHidden: true, customInspect: false }),
      inspect(structuredClone(error), { depth: 9, showHidden: true }),
      format('%o %j', error, error),
      JSON.stringify(error),
      String(error.stack),
      ...lines
    ]
    for (const text of texts) {
      expect(text).toMatch(/refused/)
      expect(text).not.toMatch(/secret-/)
    }
  })

  it('prints each offer of its context on a line of its own, however deep it is', () => {
    const offers = ['eip155:1', 'eip155:8453'].map((network) => ({ network, amount: '0.01', reason: 'r' }))
    const none = new BursarError('offer/none-usable', { ...details, context: { offers } })
    const printed = inspect({ job: { error: none } })
    for (const { network } of offers)
      expect(printed).toMatch(
        new RegExp(`^.*\\{ network: '${network}', amount: '0.01', reason: 'r' \\}.*$`, 'm')
      )
  })
})

describe('the code', () => {
  it('never asks by instanceof: an error of another install would not be found', () => {
    const packages = fileURLToPath(new URL('../../../', import.meta.url))
    const sources = readdirSync(packages).flatMap((name) =>
      readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(packages, name, 'src', file))
    )
    expect(sources.length).toBeGreaterThan(300)
    const asking = sources.filter((file) => /instanceof\s+BursarError\b/.test(readFileSync(file, 'utf8')))
    expect(asking.filter((file) => dirname(file) !== dirname(fileURLToPath(import.meta.url)))).toEqual([])
  })
})
