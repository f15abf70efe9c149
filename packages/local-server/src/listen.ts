import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that programs on this machine reach, and nobody else. */
export interface LoopbackServer {
  /** Such as `http://127.0.0.1:8402`. */
  readonly url: string
  /** Ends every connection. */
  close(): Promise<void>
}

/** Listens on loopback. @param port 0 for any free one. @throws {TypeError} when it cannot be had. */
export async function listen(port: number, handle: RequestListener): Promise<LoopbackServer> {
  const server = createServer({ requestTimeout: 60_000 }, handle)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new TypeError(`Port ${port} cannot be had`, { cause })))
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
  }
}
