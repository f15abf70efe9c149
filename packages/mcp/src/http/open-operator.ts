import {
  type Agents,
  type AnswerOperator,
  createOperatorEndpoints,
  ServerMetrics
} from '@bursar/local-server'
import type { McpContext } from '../context.js'

/** Who is let in. */
interface OperatedServing {
  readonly agents: Agents
  readonly operatorToken?: string | undefined
}

/** Opens what an operator may ask for. The tools have one set of limits for all who call them. */
export function openOperator(
  { bursar, ledger, limits, currentLimits, clock }: McpContext,
  { agents, operatorToken: token }: OperatedServing
): AnswerOperator {
  const metrics = new ServerMetrics()
  if (token !== undefined) bursar.on('*', (event) => metrics.noteEvent('mcp', event))
  const agentsNow = () => [{ name: 'mcp', limits: currentLimits?.() ?? limits }]
  const source = { ledger, agents: agentsNow, sinceMs: clock.nowMs() }
  return createOperatorEndpoints({ source, metrics, agents, token })
}
