import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../test/paying.js'
import { payable, serve } from '../test/scripted-server.js'
import { createAccountMeter, createPayingFetch, readSpending } from './index.js'

const limits = { payment: '0.25' }

function messageOf(make: () => unknown): string {
  try {
    make()
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return error instanceof Error ? error.message : ''
  }
  return 'nothing was thrown'
}

describe('P25: a misspelt option of a bursar', () => {
  it.each([
    [{ confirms: () => false }, 'confirms is not an option; did you mean confirm?'],
    [{ maxpriceincrease: 3 }, 'maxpriceincrease is not an option; did you mean maxPriceIncrease?'],
    [{ allowed: { hosts: [] } }, 'allowed is not an option; did you mean allow?'],
    [{ allow: { host: ['a.example'] } }, 'allow.host is not an option; did you mean allow.hosts?'],
    [{ limits: { ...limits, daily: '5' } }, 'limits.daily is not an option; did you mean limits.day?'],
    [
      { limits: { ...limits, perHost: { payment: '1' } } },
      'limits.perHost.payment is not an option; there are: minute, hour, day, week, month, total'
    ],
    [
      { limits: { ...limits, hosts: { 'a.example': { dya: '1' } } } },
      'limits.hosts["a.example"].dya is not an option; did you mean limits.hosts["a.example"].day?'
    ],
    [
      { limits: { ...limits, perLabel: { agent: { days: '1' } } } },
      'limits.perLabel.agent.days is not an option; did you mean limits.perLabel.agent.day?'
    ],
    [
      { timeouts: { beforePayment: 1 } },
      'timeouts.beforePayment is not an option; did you mean timeouts.beforePaymentMs?'
    ],
    [{ resend: { time: 1 } }, 'resend.time is not an option; did you mean resend.times?'],
    [{ known: { asset: [] } }, 'known.asset is not an option; did you mean known.assets?']
  ])('%o is a TypeError that names it and the nearest right name', (options, message) => {
    expect(messageOf(() => paying(options as object))).toBe(message)
  })
})

describe('P26: a value that can match nothing', () => {
  it.each([
    [
      { allow: { hosts: ['https://kat.imgnai.com'] } },
      'allow.hosts[0]: "https://kat.imgnai.com" is not a host; did you mean \'kat.imgnai.com\'?'
    ],
    [
      { allow: { networks: ['base'] } },
      'allow.networks[0]: "base" is not a network; did you mean \'eip155:8453\'?'
    ],
    [{ allow: { payees: 'pinned' } }, 'allow.payees must be \'pin\', not "pinned"'],
    [
      { prefer: ['solana'] },
      'prefer[0]: "solana" is not a network; did you mean \'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp\'?'
    ],
    [
      { limits: { ...limits, hosts: { 'https://a.example': {} } } },
      'limits.hosts["https://a.example"]: "https://a.example" is not a host; did you mean \'a.example\'?'
    ],
    [{ confirm: false }, 'confirm must be a function, not false'],
    [{ ledger: './x.db' }, 'ledger must be an object, not "./x.db"'],
    [{ limits: '0.25' }, 'limits must be an object, not "0.25"'],
    [{ limits: { payment: 0.25 } }, "limits.payment must be decimal text, such as '0.25', not 0.25"],
    [
      { limits: { payment: '1', day: '1,5' } },
      'limits.day: "1,5" is not an amount: not a plain decimal such as "0.25".'
    ],
    [{ maxPriceIncrease: 0.5 }, 'maxPriceIncrease must be 1 or more'],
    [{ resend: { times: 11 } }, 'resend.times must be a whole number from 0 to 10, not 11'],
    [{ timeouts: { idleBodyMs: 0 } }, 'timeouts.idleBodyMs must be a whole number from 1 to 86400000, not 0']
  ])('%o is a TypeError that names it and what is allowed', (options, message) => {
    expect(messageOf(() => paying(options as object))).toBe(message)
  })

  it('as limits that are missing altogether', () => {
    expect(messageOf(() => createPayingFetch(undefined as never))).toBe(
      'The options must be an object, not undefined'
    )
    expect(messageOf(() => createPayingFetch({ payers: [], ledger: memoryLedger() } as never))).toBe(
      "limits.payment is required: limits: { payment: '0.25', day: '5.00' }"
    )
  })
})

describe('the options of one call', () => {
  it.each([
    [{ purchse: 'inv-1' }, 'bursar.purchse is not an option; did you mean bursar.purchase?'],
    [{ label: { agent: 'a' } }, 'bursar.label is not an option; did you mean bursar.labels?'],
    [{ again: 'yes' }, 'bursar.again must be true or false, not "yes"'],
    [{ prefer: ['base'] }, 'bursar.prefer[0]: "base" is not a network; did you mean \'eip155:8453\'?'],
    [{ answerKept: () => {} }, 'bursar.answerKept must be a promise, not a function'],
    ['inv-1', 'bursar must be an object, not "inv-1"']
  ])('P25: %o are a TypeError, and nothing is sent', async (bursarOptions, message) => {
    const server = await serve(payable)
    const { bursar } = paying()
    const init = { bursar: bursarOptions as object }
    for (const call of [bursar.fetch(server.url, init), bursar.quote(server.url, init)]) {
      expect(await rejection(call)).toEqual(new TypeError(message))
    }
    expect(server.arrivals).toEqual([])
  })

  it.each([
    [{ labels: { agent: 'a\0b' } }, 'bursar.labels.agent holds a NUL or half of a surrogate pair'],
    [{ labels: { agent: '\ud800' } }, 'bursar.labels.agent holds a NUL or half of a surrogate pair'],
    [{ labels: { '\udc00': 'a' } }, 'bursar.labels["\\udc00"] holds a NUL or half of a surrogate pair'],
    [{ labels: { agent: 7 } }, 'bursar.labels.agent must be text, not 7'],
    [{ labels: { agent: {} } }, 'bursar.labels.agent must be text, not an object'],
    [{ purchase: 'inv\0' }, 'bursar.purchase holds a NUL or half of a surrogate pair'],
    [{ purchase: '\ud801' }, 'bursar.purchase holds a NUL or half of a surrogate pair']
  ])(
    'M52: %o, which stores cannot keep apart, are a TypeError, and nothing is signed',
    async (options, message) => {
      const server = await serve(payable)
      const { bursar, payer } = paying()
      const call = bursar.fetch(server.url, { bursar: options as object })
      expect(await rejection(call)).toEqual(new TypeError(message))
      expect([payer.prepared, payer.signed, server.arrivals]).toEqual([0, [], []])
    }
  )

  it('take whole surrogate pairs, and a label that is null for one that is not given', async () => {
    const server = await serve(payable)
    const { bursar } = paying()
    const labels = { agent: null, task: '🪙', none: undefined }
    await bursar.fetch(server.url, { bursar: { labels: labels as never } })
    for await (const purchase of bursar.history()) expect(purchase.labels).toEqual({ task: '🪙' })
  })
})

describe('P25, P26: what history is asked', () => {
  it.each([
    [{ from: 1 }, 'from is not an option; did you mean fromMs?'],
    [{ label: { a: 'b' } }, 'label is not an option; did you mean labels?'],
    [
      { state: 'paid' },
      "state must be 'reserved' or 'signed' or 'sent' or 'settled' or 'dead' or 'released'"
    ],
    [{ network: 'base' }, 'network: "base" is not a network; did you mean \'eip155:8453\'?'],
    [{ host: 'https://a.example' }, "did you mean 'a.example'?"],
    [{ fromMs: '2026-11-21' }, 'fromMs must be a whole number from 0'],
    [{ untilMs: Number.NaN }, 'untilMs must be a whole number from 0'],
    [{ labels: { agent: 7 } }, 'labels.agent must be text, not 7'],
    [{ job: '\0' }, 'job holds a NUL or half of a surrogate pair'],
    ['today', 'The options must be an object, not "today"']
  ])('%# %o is a TypeError at once, and lists nothing', (query, message) => {
    const { bursar } = paying()
    expect(messageOf(() => Reflect.apply(bursar.history, undefined, [query]))).toContain(message)
  })

  it('may leave everything open, and name what accounts were billed', async () => {
    const { bursar } = paying()
    const query = {
      fromMs: undefined,
      labels: undefined,
      network: 'account:usd',
      host: 'a.example:8402'
    } as const
    for await (const purchase of bursar.history(query)) expect.unreachable(purchase.id)
  })
})

describe('an account meter and what is spent', () => {
  it('reject misspelt options', async () => {
    const ledger = memoryLedger()
    expect(messageOf(() => createAccountMeter({ ledger, limits, payers: [] } as never))).toMatch(
      /^payers is not an option/
    )
    expect(await rejection(readSpending(ledger, { payment: '1', dya: '1' } as never))).toEqual(
      new TypeError('limits.dya is not an option; did you mean limits.day?')
    )
  })

  it('M52: reject labels that stores cannot keep apart', async () => {
    const call = {
      method: 'GET',
      url: new URL('https://a.example'),
      maxCost: 1n as never,
      labels: { a: '\ud800' }
    }
    expect(await rejection(createAccountMeter({ ledger: memoryLedger(), limits }).open(call))).toBeInstanceOf(
      TypeError
    )
  })
})

it('a host may be written in any letter case', async () => {
  const server = await serve(payable)
  const url = server.url.replace('127.0.0.1', 'localhost')
  const { bursar } = paying({ allow: { hosts: [new URL(url).host.toUpperCase()] } })
  expect((await bursar.fetch(url)).status).toBe(200)
})
