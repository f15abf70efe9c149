import { type Ledger, systemClock } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import { type AgentOptions, type Agents, createOperatorEndpoints, ServerMetrics } from '@bursar/local-server'
import type { Bursar } from 'bursar'
import { limitsOfAgent } from './agent-limits.js'
import type { ProxyOptions } from './proxy-options.js'
import type { ServeContext } from './serve-context.js'

/** What an operator can ask about. */
interface OperatedProxy {
  readonly bursars: ReadonlyMap<string, Bursar>
  readonly agents: readonly AgentOptions[]
  readonly authenticated: Agents
  readonly ledger: Ledger
}

/** Opens what the operator may ask for. Nothing is counted where there is no operator's token. */
export function openOperator(
  options: ProxyOptions,
  { bursars, agents, authenticated, ledger }: OperatedProxy
): Pick<ServeContext, 'answerOperator' | 'metrics'> {
  const { operatorToken: token, allowHosts, allowOrigins, clock = systemClock } = options
  if (token !== undefined && authenticated.nameOf({ authorization: `Bearer ${token}` }) !== undefined)
    throw new TypeError('operatorToken is the token of an agent, which would see what all agents have left')
  const metrics = new ServerMetrics()
  if (token !== undefined)
    for (const [name, bursar] of bursars) bursar.on('*', (event) => metrics.noteEvent(name, event))
  const named = () => {
    const shared: Limits = options.currentPolicy?.().limits ?? options.limits
    return agents.map(({ name, limits = {} }) => ({ name, limits: limitsOfAgent(limits, shared) }))
  }
  const answerOperator = createOperatorEndpoints({
    source: { ledger, agents: named, sinceMs: clock.nowMs() },
    metrics,
    agents: authenticated,
    access: { allowHosts: allowHosts ?? [], allowOrigins },
    token
  })
  return { answerOperator, metrics: token === undefined ? undefined : metrics }
}
