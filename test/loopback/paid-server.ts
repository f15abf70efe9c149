import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { encodeHeader } from '@bursar/core'
import { onTestFinished } from 'vitest'

/** A request as it arrived. */
export interface Arrival {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** The PAYMENT-SIGNATURE header. */
  readonly payment: string | undefined
}

/** Answers a request. */
export type Route = (arrival: Arrival, response: ServerResponse) => void | Promise<void>

const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
/** Nobody's address. */
export const PAY_TO = '0x1111111111111111111111111111111111111111'
const TRANSACTION = `0x${'ab'.repeat(32)}`

/**
 * A server on loopback that sells `/report?usdc=0.05` by x402 on Base. No chain runs: the client believes its receipts.
 *
 * @param routes answers other paths, or this one otherwise.
 */
export async function startPaidServer(routes: Readonly<Record<string, Route>> = {}) {
  const arrivals: Arrival[] = []
  const all: Readonly<Record<string, Route>> = { '/report': report, ...routes }
  const server = createServer(async (message, response) => {
    const arrival = await read(message)
    arrivals.push(arrival)
    const route = all[arrival.url.pathname]
    if (route) await route(arrival, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    /** Different payments that arrived. */
    payments: () => new Set(arrivals.flatMap(({ payment }) => payment ?? [])).size
  }
}

/** Sells its answer: a JSON object that says what arrived. */
const report: Route = (arrival, response) => {
  if (arrival.payment === undefined) return challenge(arrival, response)
  const { method, body, headers } = arrival
  const answer = { paid: true, method, body, type: headers['content-type'] ?? null }
  response.writeHead(200, { ...receipt(), 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

/** Asks for money: `?usdc=0.05`. */
export function challenge({ url }: Arrival, response: ServerResponse, extensions?: object): void {
  const amount = String(Math.round(Number(url.searchParams.get('usdc') ?? '0.05') * 1_000_000))
  const offer = {
    scheme: 'exact',
    network: 'eip155:8453',
    amount,
    asset: USDC,
    payTo: PAY_TO,
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2' }
  }
  const required = { x402Version: 2, resource: { url: url.href }, accepts: [offer], extensions }
  response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(required) }).end()
}

/** The head of a paid answer. */
export function receipt(): Readonly<Record<string, string>> {
  const settlement = { success: true, transaction: TRANSACTION, network: 'eip155:8453' }
  return { 'PAYMENT-RESPONSE': encodeHeader(settlement) }
}

async function read(message: IncomingMessage): Promise<Arrival> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  const { method = '', url = '/', headers } = message
  const payment = headers['payment-signature']
  return {
    method,
    url: new URL(url, `http://${headers.host}`),
    headers,
    body: Buffer.concat(chunks).toString(),
    payment: Array.isArray(payment) ? payment[0] : payment
  }
}
