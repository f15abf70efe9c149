import type { IncomingMessage, Server } from 'node:http'

/** Milliseconds without a byte after which a client that does not close its connection has it closed. */
const LINGER_MS = 60_000

/**
 * Has each connection closed by its client, also where it ends behind one answer, as many clients ask for. Node forgets such a
 * connection as soon as the system has the last bytes, of which it takes some megabytes: nobody would learn of a client that
 * left them unread.
 */
export function lingerOn(server: Server): void {
  server.on('connection', (socket) => {
    socket.destroySoon = () => {
      socket.end()
      socket.setTimeout(LINGER_MS)
    }
  })
}

/** Whether a request came behind the last one of its connection, and can have no answer. */
export function isBehindEnd({ socket }: IncomingMessage): boolean {
  return socket.writableEnded
}
