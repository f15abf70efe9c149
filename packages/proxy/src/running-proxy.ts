import { within } from '@bursar/core'
import type { AgentOptions, LocalServer } from '@bursar/local-server'
import { programEnv } from './programs/program-env.js'
import type { RunningProxy } from './proxy-options.js'
import type { ServeContext } from './serve-context.js'

/** What a running proxy is made from. */
export interface RunningParts {
  readonly server: LocalServer
  readonly agents: readonly AgentOptions[]
  readonly context: Pick<ServeContext, 'serviceOf' | 'costs' | 'timeoutMs' | 'clock'>
  /** Stops everything. */
  readonly end: () => Promise<void>
}

/** A service that does not list its models within this time is used without a list. */
const MODELS_WAIT_MS = 5_000

/** Builds what the operator has of a proxy that listens. */
export function runningProxy({ server: { url }, agents, context, end }: RunningParts): RunningProxy {
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopped ??= end()
    return stopped
  }
  const modelsOf = async ({ name }: Pick<AgentOptions, 'name'>): Promise<readonly string[]> => {
    const late = () => new TypeError('The models are not listed in time')
    const listed = context.serviceOf(name).models()
    return within(listed, { ms: MODELS_WAIT_MS, clock: context.clock, late }).catch(() => [])
  }
  const find = (name: string | undefined): AgentOptions => {
    const agent = agents.find((each) => each.name === name)
    if (agent) return agent
    throw new TypeError(`There is no agent "${name}"`)
  }
  return {
    url,
    agents,
    models: async () => modelsOf(find(agents[0]?.name)),
    async envFor(name) {
      const agent = find(name)
      const models = await modelsOf(agent)
      return programEnv({ url, token: agent.token, models, timeoutMs: context.timeoutMs })
    },
    spent: () => context.costs.spending,
    stop,
    [Symbol.asyncDispose]: stop
  }
}
