import type { IncomingMessage, ServerResponse } from 'node:http'
import { bursarErrorOf } from '@bursar/core'
import type { Access } from '../access.js'
import { Agents } from '../agents.js'
import { assertLetIn } from '../authenticate.js'
import { RequestProblem } from '../http-problem.js'
import { PROMETHEUS_TYPE, prometheusText } from './prometheus-text.js'
import { type HealthSource, healthRecord, readHealth, type ServerHealth } from './server-health.js'
import type { ServerMetrics } from './server-metrics.js'

/** What the operator's requests are answered with. */
export interface OperatorParts {
  readonly source: HealthSource
  readonly metrics: ServerMetrics
  readonly access?: Access | undefined
  /** Their requests go on to what they use the server for. */
  readonly agents: Agents
  /** The operator's secret. Absent: nobody may ask how the server is, but for whether it answers. */
  readonly token?: string | undefined
}

/** Answers a request of an operator or a monitor. @returns whether it was one. @throws {RequestProblem} 401, 403 */
export type AnswerOperator = (message: IncomingMessage, response: ServerResponse) => Promise<boolean>

/**
 * Builds what answers `GET /health` and `GET /metrics`. Without the operator's token, `/health` says that the server
 * answers, and nothing else.
 */
export function createOperatorEndpoints(parts: OperatorParts): AnswerOperator {
  const { source, metrics, access = {}, agents, token } = parts
  const operator = token === undefined ? undefined : new Agents([{ name: 'operator', token }])
  return async (message, response) => {
    const path = message.url?.split('?', 1)[0]
    if (!isRead(message) || (path !== '/health' && path !== '/metrics')) return false
    if (agents.nameOf(message.headers) !== undefined) return false
    assertLetIn(message, access)
    const isOperator = operator?.nameOf(message.headers) !== undefined
    if (path === '/health')
      await (isOperator ? sendHealth(response, source) : sendJson(response, 200, { ok: true }))
    else if (isOperator) await sendMetrics(response, source, metrics)
    else throw notTheOperator()
    return true
  }
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

async function sendHealth(response: ServerResponse, source: HealthSource): Promise<void> {
  try {
    sendJson(response, 200, healthRecord(await readHealth(source)))
  } catch (error) {
    const unavailable = bursarErrorOf(error, 'ledger/unavailable')
    if (!unavailable) throw error
    sendJson(response, 503, { ok: false, reason: unavailable.message })
  }
}

async function sendMetrics(
  response: ServerResponse,
  source: HealthSource,
  metrics: ServerMetrics
): Promise<void> {
  const text = prometheusText(metrics.metrics(await healthIfReadable(source)))
  response.writeHead(200, { 'content-type': PROMETHEUS_TYPE }).end(text)
}

async function healthIfReadable(source: HealthSource): Promise<ServerHealth | undefined> {
  try {
    return await readHealth(source)
  } catch (error) {
    if (bursarErrorOf(error, 'ledger/unavailable')) return undefined
    throw error
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

function notTheOperator(): RequestProblem {
  return new RequestProblem({
    status: 401,
    code: 'invalid_api_key',
    message: 'Metrics are for the operator: Authorization: Bearer and the token of BURSAR_OPERATOR_TOKEN'
  })
}
