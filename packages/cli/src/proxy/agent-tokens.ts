import type { AgentOptions } from '@bursar/local-server'
import type { Env } from '../io.js'
import { proxyToken } from '../options/given-tokens.js'
import type { parseAgent } from '../options/parse-agent.js'
import { exportLines } from '../process/environment.js'
import { UsageError } from '../usage-error.js'

/** Gives each agent a token: the operator's to the first, for a program that is set up once. @throws {UsageError} */
export async function withTokens(
  env: Env,
  agents: readonly ReturnType<typeof parseAgent>[]
): Promise<readonly AgentOptions[]> {
  const { newToken } = await import('@bursar/local-server')
  const names = new Set(agents.map(({ name }) => name))
  if (names.size < agents.length) throw new UsageError('--agent: two agents share one name')
  const given = proxyToken(env)
  return agents.map((agent, index) => ({ ...agent, token: (index === 0 && given) || newToken() }))
}

/**
 * What to paste into a terminal for a program to use the proxy. The operator's token stands there by its name, since journals
 * and the logs of containers keep what a service prints.
 */
export function linesToPaste(env: Env, program: object): string {
  const lines = exportLines(program)
  const given = proxyToken(env)
  if (given === undefined) return lines
  return lines.replaceAll(`'${given}'`, `"\${BURSAR_PROXY_TOKEN:?is the token of the proxy}"`)
}
