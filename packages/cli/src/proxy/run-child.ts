import type { RunningProxy } from '@bursar/proxy'
import type { CommandContext } from '../context.js'
import { runProgram } from '../process/run-program.js'
import { accessFor, childEnv } from './child-env.js'
import { CODEX_TOKEN, codexModel, isCodex, openCodexHome } from './codex-home.js'

/** A program that runs for as long as the proxy. */
export interface ChildCall {
  readonly command: readonly string[]
  readonly interrupted: AbortSignal
}

/** Runs a program behind the proxy, as its first agent. @returns its exit code. */
export async function runChild(
  context: CommandContext,
  running: RunningProxy,
  call: ChildCall
): Promise<number> {
  const { url, agents } = running
  const { name = '', token = '' } = agents[0] ?? {}
  const models = await running.models()
  const access = accessFor(call.command, await running.envFor(name))
  const env = childEnv(context.env, { access, url, models })
  const model = isCodex(call.command) ? codexModel(models) : undefined
  if (model === undefined) return runProgram({ ...call, env })
  await using home = await openCodexHome({ url, model, tokenVariable: CODEX_TOKEN })
  context.err(`Codex has a home of its own for this run, and asks for ${model}; -m NAME asks for another.\n`)
  return await runProgram({ ...call, env: { ...env, CODEX_HOME: home.path, [CODEX_TOKEN]: token } })
}
