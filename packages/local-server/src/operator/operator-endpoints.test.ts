import { atomicUsdc, BursarError, type Ledger } from '@bursar/core'
import parsePrometheusTextFormat from 'parse-prometheus-text-format'
import { expect, it, onTestFinished } from 'vitest'
import { Agents } from '../agents.js'
import { listen } from '../listen.js'
import { problemOf } from '../problem-of.js'
import { createOperatorEndpoints } from './operator-endpoints.js'
import { ServerMetrics } from './server-metrics.js'

const [OPERATOR, AGENT] = ['the-token-of-the-operator', 'the-token-of-an-agent']
const asOperator = { authorization: `Bearer ${OPERATOR}` }

/** As much of a ledger as a server's health is read from: two dollars are used of each budget. */
const ledger: Pick<Ledger, 'usage' | 'outstanding' | 'status'> = {
  usage: async (budgets) => budgets.map((budget) => ({ budget, used: atomicUsdc(2_000_000n) })),
  outstanding: async () => [],
  status: async () => ({ unwritten: 0, frozen: { reason: 'a "test"\\\n', sinceMs: 0, by: 'me' } })
}

/** A server with one agent, which may spend 5 a day. */
async function newServer(token: string | undefined = OPERATOR, source: Partial<Ledger> = {}) {
  const metrics = new ServerMetrics()
  const answerOperator = createOperatorEndpoints({
    source: {
      ledger: { ...ledger, ...source },
      agents: () => [{ name: 'research', limits: { payment: '0.25', day: '5' } }],
      sinceMs: Date.UTC(2026, 10, 28)
    },
    metrics,
    agents: new Agents([{ name: 'research', token: AGENT }]),
    token
  })
  const server = await listen(0, async (message, response) => {
    try {
      if (!(await answerOperator(message, response))) response.writeHead(418).end('the server itself')
    } catch (error) {
      response.writeHead(problemOf(error).status).end()
    }
  })
  onTestFinished(() => server.close())
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') => {
    const answer = await fetch(`${server.url}${path}`, { method, headers })
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }
  return { ask, metrics }
}

it('P67: says that it answers and nothing else to who has no token of the operator', async () => {
  for (const token of [OPERATOR, undefined]) {
    const { ask } = await newServer(token)
    const asked = [{}, { authorization: 'Bearer another-token-of-nobody' }]
    for (const headers of asked)
      expect(await ask('/health', headers)).toMatchObject({ status: 200, text: '{"ok":true}' })
    expect(await ask('/health', {}, 'HEAD')).toMatchObject({ status: 200, text: '' })
    expect((await ask('/metrics')).status).toBe(401)
    expect((await ask('/health', { origin: 'https://evil.example' })).status).toBe(403)
  }
})

it('P67: leaves what agents ask, and every other path and method, to the server', async () => {
  const { ask } = await newServer()
  const asAgent = { authorization: `Bearer ${AGENT}` }
  for (const path of ['/health', '/metrics']) expect((await ask(path, asAgent)).status).toBe(418)
  expect((await ask('/health', asOperator, 'POST')).status).toBe(418)
  expect((await ask('/health/x', asOperator)).status).toBe(418)
})

it('P67: tells the operator what each agent has left, and whether payments are stopped', async () => {
  const { ask } = await newServer()
  const { status, text, headers } = await ask('/health?verbose', asOperator)
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(JSON.parse(text)).toEqual({
    ok: true,
    since: '2026-11-28T00:00:00.000Z',
    frozen: { reason: 'a "test"\\\n', by: 'me', since: '1970-01-01T00:00:00.000Z' },
    outstanding: { payments: 0, usd: '0' },
    agents: [{ name: 'research', limits: [{ name: 'day', limit: '5', used: '2', left: '3' }] }]
  })
})

it('P67: has metrics that a parser of Prometheus reads', async () => {
  const { ask, metrics } = await newServer()
  const shared = { atMs: 0, host: 'a"b\\c.example' } as const
  // The answer to the second was lost: it is told again once an equal call has it.
  for (const [purchase, amount] of [
    ['p', '0.25'],
    ['q', '0.5'],
    ['q', '0.5']
  ] as const)
    metrics.noteEvent('research', {
      ...shared,
      purchase,
      type: 'settled',
      network: 'eip155:8453',
      amount,
      symbol: 'USDC'
    })
  metrics.noteAnswer({ agent: 'research', status: 200, ms: 700 })
  const { status, text, headers } = await ask('/metrics', asOperator)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  const families = new Map(parsePrometheusTextFormat(text).map((each) => [each.name, each]))
  expect([...families.keys()].sort()).toEqual([
    'bursar_events_total',
    'bursar_frozen',
    'bursar_ledger_up',
    'bursar_limit_left_usd',
    'bursar_limit_usd',
    'bursar_outstanding_payments',
    'bursar_outstanding_usd',
    'bursar_request_duration_seconds',
    'bursar_requests_total',
    'bursar_settled_total',
    'bursar_start_time_seconds'
  ])
  const labels = { agent: 'research', host: 'a"b\\c.example', network: 'eip155:8453', asset: 'USDC' }
  expect(families.get('bursar_settled_total')?.metrics).toEqual([{ value: '0.75', labels }])
  expect(families.get('bursar_limit_left_usd')?.metrics).toEqual([
    { value: '3', labels: { agent: 'research', limit: 'day' } }
  ])
  const [duration] = families.get('bursar_request_duration_seconds')?.metrics ?? []
  expect(duration).toMatchObject({ buckets: { 0.5: '0', 1: '1', '+Inf': '1' } })
  expect(text).toMatch(/^bursar_request_duration_seconds_sum\{agent="research"\} 0\.7$/m)
})

it('tells that the record cannot be read, without its reason to a stranger', async () => {
  const status = async (): Promise<never> => {
    throw new BursarError('ledger/unavailable', {
      message: 'The ledger cannot be read.',
      context: { reason: 'a test' },
      moneyState: 'none'
    })
  }
  const { ask } = await newServer(OPERATOR, { status })
  expect(await ask('/health')).toMatchObject({ status: 200, text: '{"ok":true}' })
  expect(await ask('/health', asOperator)).toMatchObject({
    status: 503,
    text: '{"ok":false,"reason":"The ledger cannot be read."}'
  })
  expect((await ask('/metrics', asOperator)).text).toMatch(/^bursar_ledger_up 0$/m)
})
