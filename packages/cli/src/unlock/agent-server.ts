import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { platform } from 'node:os'
import { type AgentRequest, agentRequest, MAX_LINE_BYTES } from './agent-messages.js'
import { HeldKeys } from './held-keys.js'
import { isNobodyThere } from './is-nobody-there.js'

/** How long a caller may take to say what it wants. */
const TALK_MS = 5_000

/**
 * Serves keys at a path until the last one's time is over, or it is told to lock.
 *
 * @param first what it holds from the beginning.
 * @returns once it listens; `ended` resolves when it does no longer.
 * @throws when it cannot listen there, such as when another agent does.
 */
export async function serveKeys(
  path: string,
  first: AgentRequest
): Promise<{ readonly ended: Promise<void> }> {
  const sockets = new Set<Socket>()
  const held = new HeldKeys(() => {
    server.close()
    // Who is being answered is answered first.
    setImmediate(() => {
      for (const socket of sockets) socket.end()
    })
  })
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    socket.setTimeout(TALK_MS, () => socket.destroy())
    listenTo(socket, held)
  })
  const ended = new Promise<void>((resolve) => server.once('close', resolve))
  await listen(server, path)
  held.answer(first)
  return { ended }
}

function listenTo(socket: Socket, held: HeldKeys): void {
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
    if (text.length > MAX_LINE_BYTES) socket.destroy()
    if (!text.includes('\n')) return
    const request = agentRequest.safeParse(parseJson(text))
    if (request.success) socket.end(`${JSON.stringify(held.answer(request.data))}\n`)
    else socket.destroy()
  })
}

/** Listens at a socket that its owner alone can use. What an agent that was killed has left there is removed. */
async function listen(server: Server, path: string): Promise<void> {
  await makeWay(path)
  const before = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, () => resolve())
    })
  } finally {
    process.umask(before)
  }
  if (platform() !== 'win32') chmodSync(path, 0o600)
}

/** Removes a socket at which nobody listens. One of a living agent stays, for bursar lock finds it by that alone. */
async function makeWay(path: string): Promise<void> {
  // There a pipe ends with its process, and a second one of the name is refused.
  if (platform() === 'win32') return
  const socket = createConnection(path)
  try {
    await once(socket, 'connect')
  } catch (error) {
    if (!isNobodyThere(error)) throw error
    return rmSync(path, { force: true })
  } finally {
    socket.destroy()
  }
  throw new TypeError(`Another agent listens at ${path}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
