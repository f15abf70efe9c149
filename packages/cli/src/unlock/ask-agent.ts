import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import type { DerivedKeys } from '@bursar/keystore'
import type { Env } from '../io.js'
import { type AgentAnswer, type AgentRequest, agentAnswer } from './agent-messages.js'
import { agentPath, isAgentPlaceOurs } from './agent-place.js'

/** How long the agent is waited for. It answers within a millisecond. */
const WAIT_MS = 2_000

/** Asks the agent. `undefined`: there is none. */
export async function askAgent(env: Env, request: AgentRequest): Promise<AgentAnswer | undefined> {
  if (!isAgentPlaceOurs(env)) return undefined
  const socket = createConnection(agentPath(env))
  socket.setTimeout(WAIT_MS, () => socket.destroy(new TypeError('The agent does not answer')))
  socket.write(`${JSON.stringify(request)}\n`)
  try {
    return agentAnswer.safeParse(JSON.parse(await text(socket))).data
  } catch {
    // Nobody listens there, or what does is none.
    return undefined
  } finally {
    socket.destroy()
  }
}

/** What opens the files of these ids, as far as the agent has it. */
export async function heldKeys(env: Env, ids: readonly string[]): Promise<DerivedKeys> {
  const answer = await askAgent(env, { ask: 'get', ids: [...ids] })
  return new Map(Object.entries(answer?.keys ?? {}).map(([id, hex]) => [id, Buffer.from(hex, 'hex')]))
}
