import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a transaction on its way to the node. */
type Handling = 'forward' | 'forward and cut the answer' | 'swallow'

/** A node behind a line that can fail at the worst moment. */
export interface RpcProxy extends AsyncDisposable {
  readonly rpcUrl: string
  /** For `eth_sendRawTransaction`. Everything else is forwarded. */
  handling: Handling
}

/** Puts a proxy before a node. */
export async function startRpcProxy(target: string): Promise<RpcProxy> {
  const server = createServer((message, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of message) chunks.push(chunk)
      const body = Buffer.concat(chunks)
      const handling = body.includes('eth_sendRawTransaction') ? proxy.handling : 'forward'
      if (handling === 'swallow') {
        message.socket.destroy()
        return
      }
      const headers = { 'Content-Type': 'application/json' }
      const answer = await (await fetch(target, { method: 'POST', headers, body })).text()
      if (handling === 'forward') response.writeHead(200, headers).end(answer)
      else message.socket.destroy()
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const proxy: RpcProxy = {
    rpcUrl: `http://127.0.0.1:${port}`,
    handling: 'forward',
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
  return proxy
}
