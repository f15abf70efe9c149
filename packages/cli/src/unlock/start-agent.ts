import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { platform } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from '../files/with-lock.js'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'
import type { AgentRequest } from './agent-messages.js'
import { agentFolder, agentPath, makeAgentPlace } from './agent-place.js'
import { askAgent } from './ask-agent.js'

/** A file of its own, which is not part of the command's. */
const programPath = (): string => fileURLToPath(import.meta.resolve('#unlock-agent'))

/**
 * Has the agent hold keys, and starts one where there is none. One command after the other does so, so that two never start two.
 *
 * @throws {UsageError} when they are not held, or nobody can tell.
 */
export function holdKeys(env: Env, request: AgentRequest): Promise<void> {
  return withLock(agentFolder(env), async () => {
    const answer = await askAgent(env, request)
    // One that is ending holds nothing any more.
    if (!answer || answer.held === 0) await startAgent(env, request)
  })
}

/**
 * Starts an agent that outlives this command. What it holds goes through its standard input: arguments and variables can be
 * seen by others.
 *
 * @throws {UsageError} when it does not listen.
 */
async function startAgent(env: Env, request: AgentRequest): Promise<void> {
  makeAgentPlace(env)
  const program = programPath()
  const [command, ...args] = withoutCoreDump(process.execPath, program)
  const child = spawn(command, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: dirname(program),
    env: {}
  })
  child.stdin.on('error', () => {})
  child.stdin.end(JSON.stringify({ path: agentPath(env), request }))
  const isReady = await Promise.race([
    once(child.stdout, 'data').then(() => true),
    once(child, 'exit').then(() => false)
  ]).catch(() => false)
  child.stdout.destroy()
  child.unref()
  if (!isReady)
    throw new UsageError(
      `The agent that would hold the key did not start, so that this wallet is not unlocked${pnpHint}`
    )
}

/** An agent gets no variable of this process, and so nothing of Yarn's that finds packages in archives. */
const pnpHint = process.versions.pnp
  ? ". Under Yarn's Plug'n'Play it cannot: use --passphrase-file, or nodeLinker: node-modules"
  : ''

/** How a program is started whose memory is written into no file when it is killed. On Windows none is. */
function withoutCoreDump(...command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return platform() === 'win32' ? command : ['/bin/sh', '-c', 'ulimit -c 0; exec "$0" "$@"', ...command]
}
