import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { encodeHeader } from '@bursar/core'
import { onTestFinished } from 'vitest'

/** One request as it arrived. */
export interface Arrival {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** The payment header, raw. */
  readonly payment: string | undefined
}

export type Script = (arrival: Arrival, response: ServerResponse, index: number) => void | Promise<void>

/** A running server. */
export interface ScriptedServer {
  readonly url: string
  readonly port: number
  readonly arrivals: Arrival[]
  paid(): Arrival[]
}

/** A real HTTP server on a free loopback port that answers by a script and records the requests. */
export function serve(script: Script): Promise<ScriptedServer> {
  return listen(script, 'http', createServer)
}

/** The same over TLS. */
export function serveTls(
  script: Script,
  certificate: { readonly cert: string; readonly key: string }
): Promise<ScriptedServer> {
  return listen(script, 'https', (listener) => createTlsServer(certificate, listener))
}

async function listen(
  script: Script,
  protocol: 'http' | 'https',
  create: (listener: RequestListener) => Pick<Server, 'listen' | 'address' | 'close' | 'closeAllConnections'>
): Promise<ScriptedServer> {
  const arrivals: Arrival[] = []
  const server = create(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const payment = request.headers['payment-signature'] ?? request.headers['x-payment']
    const arrival: Arrival = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
      payment: Array.isArray(payment) ? payment[0] : payment
    }
    await script(arrival, response, arrivals.push(arrival) - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const paid = () => arrivals.filter(({ payment }) => payment !== undefined)
  return { url: `${protocol}://127.0.0.1:${port}`, port, arrivals, paid }
}

/** A standard v2 offer of USDC on Base. */
export const offer = {
  scheme: 'exact',
  network: 'eip155:8453',
  amount: '10000',
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  payTo: '0x1111111111111111111111111111111111111111',
  maxTimeoutSeconds: 60,
  extra: { name: 'USD Coin', version: '2' }
}

/** A v2 challenge. */
export function challengeOf(accepts: unknown[] = [offer], more: object = {}): object {
  return { x402Version: 2, resource: { url: 'http://127.0.0.1/' }, accepts, ...more }
}

/** Answers 402 with a v2 challenge. */
export function challenge(response: ServerResponse, accepts: unknown[] = [offer], more: object = {}): void {
  response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(challengeOf(accepts, more)) }).end()
}

/** The header of a receipt. */
export function receiptHeader(settlement: object = {}): string {
  const transaction = `0x${'ab'.repeat(32)}`
  return encodeHeader({ success: true, transaction, network: 'eip155:8453', ...settlement })
}

/** Answers with a settlement. */
export function settle(response: ServerResponse, body = 'paid', status = 200, settlement: object = {}): void {
  const headers = { 'PAYMENT-RESPONSE': receiptHeader(settlement), 'content-type': 'text/plain' }
  response.writeHead(status, headers).end(body)
}

/** Writes a part of an answer whose head says that there is more, and closes the connection once the part is on its way. */
export function breakOff(response: ServerResponse, part = 'half'): void {
  response.write(part, () => response.socket?.destroy())
}

/** Challenges what is unpaid and settles what is paid. */
export const payable: Script = (arrival, response) =>
  arrival.payment ? settle(response) : challenge(response)
