import { once } from 'node:events'
import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that a client made, and what it was answered. */
export interface Exchange {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Undefined while there is none, and when the answer was lost on its way. */
  status?: number
  answer: string
}

/** Stands between a client and the proxy, writes down what passes, and loses an answer on demand. */
export interface RecordingRelay extends AsyncDisposable {
  readonly url: string
  /** What passed, the oldest first. Empties the list. */
  take(): readonly Exchange[]
  /**
   * Hangs up on both sides instead of answering the next request with tools.
   *
   * @param isTime settles when it is time to hang up.
   */
  loseNextAnswer(isTime: () => Promise<void>): void
}

/** @param target the proxy, without a path. */
export async function startRelay(target: string): Promise<RecordingRelay> {
  let exchanges: Exchange[] = []
  let loseNext: (() => Promise<void>) | undefined
  const server = createServer(async (incoming, response) => {
    const exchange = await readExchange(incoming)
    exchanges.push(exchange)
    const outgoing = passOn(`${target}${exchange.path}`, { incoming, exchange, response })
    if (!loseNext || !exchange.body.includes('"tools":[{')) return
    const isTime = loseNext()
    loseNext = undefined
    await isTime
    response.destroy()
    outgoing.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = exchanges
      exchanges = []
      return taken
    },
    loseNextAnswer(isTime) {
      loseNext = isTime
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}

async function readExchange(incoming: IncomingMessage): Promise<Exchange> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString(),
    answer: ''
  }
}

interface Passing {
  readonly incoming: IncomingMessage
  readonly exchange: Exchange
  readonly response: ServerResponse
}

function passOn(url: string, { incoming, exchange, response }: Passing): ClientRequest {
  const { host: _, ...headers } = incoming.headers
  const outgoing = request(url, { method: exchange.method, headers }, (answer) => {
    exchange.status = answer.statusCode ?? 0
    response.writeHead(exchange.status, answer.headers)
    answer.setEncoding('utf8').on('data', (text: string) => {
      exchange.answer += text
    })
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  outgoing.end(exchange.body)
  return outgoing
}
