import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * Starts a pooler as one is that hands each transaction to whichever server connection there is: a client's connection lives on
 * when the server's has ended, and its next transaction goes over another.
 *
 * @returns the database's URL, by way of here.
 */
export async function startPoolingProxy(databaseUrl: string): Promise<string> {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    open.add(socket)
    return socket.on('error', () => {}).on('close', () => open.delete(socket))
  }
  const server = createServer((client) => {
    keep(client)
    let startup: Buffer | undefined
    let upstream: Upstream | undefined
    let isAsking = false
    /** The client has been welcomed once: neither the next connections' welcome nor their end is for it. */
    const reach = (isFirst: boolean): Upstream => {
      const socket = keep(connect(Number(target.port), target.hostname))
      const reached: Upstream = { socket, held: isFirst ? undefined : [] }
      socket.on('data', (chunk: Buffer) => {
        if (reached.held) return welcome(reached, chunk)
        if (isAsking) client.write(chunk)
        isAsking &&= !isWaiting(chunk)
      })
      socket.on('close', () => {
        if (upstream === reached) upstream = undefined
        if (isAsking) client.destroy()
      })
      return reached
    }
    client.on('data', (chunk: Buffer) => {
      const isFirst = startup === undefined
      startup ??= chunk
      isAsking = true
      if (!upstream) {
        upstream = reach(isFirst)
        if (!isFirst) upstream.socket.write(startup)
      }
      if (upstream.held) upstream.held.push(chunk)
      else upstream.socket.write(chunk)
    })
    client.on('close', () => upstream?.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' ? address?.port : '')
  return url.href
}

/** A connection to the server; `held` is what it is asked once it has welcomed us. */
interface Upstream {
  readonly socket: Socket
  held: Buffer[] | undefined
}

/** Passes over the server's welcome, and asks what was held until it ended. */
function welcome(upstream: Upstream, chunk: Buffer): void {
  if (!isWaiting(chunk)) return
  for (const held of upstream.held ?? []) upstream.socket.write(held)
  upstream.held = undefined
}

/** Whether a server's message ends with ReadyForQuery, outside a transaction. */
function isWaiting(chunk: Buffer): boolean {
  return chunk.subarray(-6).equals(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]))
}
