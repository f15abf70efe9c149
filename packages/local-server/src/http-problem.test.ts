import { BursarError, isFreeToRepeat, type MoneyState, reportedStatus } from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paid } from '../test/paid.js'
import { type ApiFormat, openaiFormat } from './api-format.js'
import { CallLimit } from './call-limit.js'
import { HttpProblem, RequestProblem } from './http-problem.js'
import { listen } from './listen.js'
import { problemOf } from './problem-of.js'
import { sendProblem } from './send-problem.js'

const service = { service: 'shop', operation: 'chat' }

function refusedBy(status?: number): BursarError {
  return new BursarError('service/refused', {
    message: 'no',
    context: status === undefined ? service : { ...service, status },
    moneyState: 'none'
  })
}

/** Answers one request with a problem. */
async function answerWith(problem: HttpProblem, format: ApiFormat, begin = ''): Promise<Response> {
  const server = await listen(0, (_, response) => {
    if (begin !== '') response.writeHead(200).write(begin)
    sendProblem(response, problem, format)
  })
  onTestFinished(() => server.close())
  return fetch(server.url)
}

describe('an error as an HTTP answer', () => {
  it('M63: is 502 with the money state unknown when nothing is known of it, a TypeError included', () => {
    const unknown = [
      new TypeError('Cannot read properties of undefined'),
      new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }),
      new RangeError('x'),
      'a text',
      undefined
    ]
    for (const error of unknown)
      expect(problemOf(error)).toMatchObject({
        status: 502,
        moneyState: 'unknown',
        code: 'service_unreachable'
      })
  })

  it('M63: is 400 with the money state none only when it is the reading of the request that failed', () => {
    const problem = new RequestProblem({ status: 400, code: 'invalid_json', message: 'no object' })
    expect(problemOf(problem)).toBe(problem)
    expect(problem).toMatchObject({ status: 400, moneyState: 'none', name: 'RequestProblem' })
  })

  it('has a status that clients do not repeat where the same request would be rejected again', () => {
    const cases: [BursarError, number][] = [
      [limitError('none'), 402],
      [new BursarError('ledger/frozen', { message: 'x', context: { reason: 'x' }, moneyState: 'none' }), 402],
      [
        new BursarError('ledger/unavailable', { message: 'x', context: { reason: 'x' }, moneyState: 'none' }),
        503
      ],
      [
        new BursarError('request/invalid', { message: 'x', context: { violations: [] }, moneyState: 'none' }),
        400
      ],
      [
        new BursarError('request/host-refused', { message: 'x', context: { host: 'x' }, moneyState: 'none' }),
        403
      ],
      [refusedBy(400), 400],
      [refusedBy(429), 429],
      [refusedBy(401), 502],
      [refusedBy(403), 502],
      [refusedBy(503), 502],
      [refusedBy(), 502]
    ]
    for (const [error, status] of cases) expect(problemOf(error).status, error.code).toBe(status)
  })

  it('may be repeated for free only if nothing was paid, or the ledger resumes the payment', () => {
    expect(isFreeToRepeat(problemOf(limitError('none')))).toBe(true)
    expect(isFreeToRepeat(problemOf(limitError('settled')))).toBe(false)
    expect(isFreeToRepeat(problemOf(new TypeError('a bug')))).toBe(false)
    const lost = {
      status: 502,
      code: 'payment/outcome-unknown',
      message: 'x',
      moneyState: 'unknown'
    } as const
    expect(isFreeToRepeat(new HttpProblem(lost))).toBe(true)
  })

  it('is no 5xx where the same request could be paid for again: some clients repeat those whatever else is said', () => {
    const lost = new BursarError('service/unreachable', {
      message: 'x',
      context: service,
      moneyState: 'unknown'
    })
    expect(reportedStatus(problemOf(lost))).toBe(400)
    expect(reportedStatus(problemOf(refusedBy(503)))).toBe(502)
    expect(reportedStatus(problemOf(new TypeError('a bug')))).toBe(502)
  })

  it('names the account that holds too little, where a service refuses its payment for that', () => {
    const context = { ...paid, reason: 'insufficient_balance' }
    const refused = new BursarError('payment/refused', { message: 'No.', context, moneyState: 'unknown' })
    expect(problemOf(refused).message).toBe(
      'No. It says that the account 0xa on eip155:8453 holds too little USDC: send some to it.'
    )
  })

  it('is written as OpenAI writes its own', async () => {
    const problem = problemOf(limitError('none'))
    const openai = await answerWith(problem, openaiFormat)
    expect([openai.status, openai.headers.get('x-bursar-money')]).toEqual([402, 'none'])
    expect(await openai.json()).toEqual({
      error: { message: 'too dear', type: 'insufficient_quota', param: null, code: 'offer/over-limit' }
    })
  })

  it('asks SDKs not to repeat what would be paid for again, and when to try again what was too much', async () => {
    const unknown = await answerWith(problemOf(new TypeError('a bug')), openaiFormat)
    expect(unknown.headers.get('x-should-retry')).toBe('false')
    const free = await answerWith(problemOf(limitError('none')), openaiFormat)
    expect(free.headers.get('x-should-retry')).toBeNull()
    const many = new RequestProblem({ status: 429, code: 'too_many_requests', message: 'x' })
    expect((await answerWith(many, openaiFormat)).headers.get('retry-after')).toBe('1')
    const context = { ...service, status: 429, retryAfterSeconds: 7 }
    const busy = new BursarError('service/refused', { message: 'x', context, moneyState: 'none' })
    expect((await answerWith(problemOf(busy), openaiFormat)).headers.get('retry-after')).toBe('7')
  })

  it('is an event of its API when the stream has begun', async () => {
    const problem = problemOf(limitError('none'))
    expect(await (await answerWith(problem, openaiFormat, ': waiting\n\n')).text()).toMatch(
      /^: waiting\n\ndata: \{"error":\{"message":"too dear"/
    )
  })
})

it('a limit of calls rejects one too many, and takes the next when one has ended, once', () => {
  const limit = new CallLimit(2)
  const [leave] = [limit.enter(), limit.enter()]
  expect(() => limit.enter()).toThrow(RequestProblem)
  leave?.()
  leave?.()
  const again = limit.enter()
  expect(() => limit.enter()).toThrow('2 calls are running')
  again()
})

function limitError(moneyState: MoneyState): BursarError {
  const context = { limit: 'payment', allowed: '0.01', requested: '0.02', used: '0' }
  return new BursarError('offer/over-limit', { message: 'too dear', context, moneyState })
}

it('a problem behind the end of an answer leaves that as it is, and ends no program', async () => {
  const errors: unknown[] = []
  const server = await listen(0, (_, response) => {
    response.on('error', (error) => errors.push(error)).end('whole')
    sendProblem(response, problemOf(new TypeError('late')), openaiFormat)
  })
  onTestFinished(() => server.close())
  expect(await (await fetch(server.url)).text()).toBe('whole')
  expect(errors).toEqual([])
})
