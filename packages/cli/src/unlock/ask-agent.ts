import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import { DerivedKeys } from '@bursar/keystore'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'
import type { AgentAnswer, AgentRequest } from './agent-messages.js'
import { agentPath, hasAgentPlace } from './agent-place.js'
import { isNobodyThere } from './is-nobody-there.js'

/** How long the agent is waited for. It answers within a millisecond. */
const WAIT_MS = 2_000

/**
 * Asks the agent. `undefined`: there is none.
 *
 * @throws {UsageError} when there may be one that cannot be asked, which is not the same: it may hold a key.
 */
export async function askAgent(env: Env, request: AgentRequest): Promise<AgentAnswer | undefined> {
  if (!hasAgentPlace(env)) return undefined
  const path = agentPath(env)
  const socket = createConnection(path)
  socket.setTimeout(WAIT_MS, () => socket.destroy(new TypeError('The agent does not answer')))
  socket.write(`${JSON.stringify(request)}\n`)
  try {
    const answer = await text(socket)
    // Loaded once an agent has answered: most have none, and what checks its words takes 15 ms.
    const { agentAnswer } = await import('./agent-messages.js')
    return agentAnswer.parse(JSON.parse(answer))
  } catch (error) {
    if (isNobodyThere(error)) return undefined
    throw new UsageError(
      `${path}: the agent does not answer, and a key may still be held. Try again, or end the process agent-main.js`,
      { cause: error }
    )
  } finally {
    socket.destroy()
  }
}

/** What opens the files of these ids, as far as the agent has it. From one that cannot be asked nothing is taken. */
export async function heldKeys(env: Env, ids: readonly string[]): Promise<DerivedKeys> {
  const answer = await askAgent(env, { ask: 'get', ids: [...ids] }).catch(noAnswer)
  return new DerivedKeys(Object.entries(answer?.keys ?? {}).map(([id, hex]) => [id, Buffer.from(hex, 'hex')]))
}

/** The passphrase opens a wallet without an agent too, so that a payment does not fail with it. */
function noAnswer(error: unknown): undefined {
  if (!(error instanceof UsageError)) throw error
}
