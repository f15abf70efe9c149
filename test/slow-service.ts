import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A service in front of another, whose answers to paid requests wait until the test lets them go. */
export interface SlowService {
  readonly url: string
  /** How many answers wait. */
  held(): number
  /** Lets the answers that wait go, and those that come. */
  release(): void
  /** Has answers wait again. */
  hold(): void
}

/** Starts one in front of a gateway. It ends with the test. */
export async function slowService(target: string): Promise<SlowService> {
  const waiting: (() => void)[] = []
  let isHolding = true
  const server = createServer((arrival, response) => {
    forward(target, arrival, (answer) => {
      const send = (): void => void answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))
      if (isHolding && isPaid(arrival)) waiting.push(send)
      else send()
    }).on('error', () => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => end(server))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    held: () => waiting.length,
    release() {
      isHolding = false
      for (const send of waiting.splice(0)) send()
    },
    hold() {
      isHolding = true
    }
  }
}

function forward(target: string, arrival: IncomingMessage, onAnswer: (answer: IncomingMessage) => void) {
  const { method, headers, url = '/' } = arrival
  const sent = httpRequest(new URL(url, target), {
    method,
    headers: { ...headers, host: new URL(target).host }
  })
  sent.on('response', onAnswer)
  return arrival.pipe(sent)
}

function isPaid({ headers }: IncomingMessage): boolean {
  return headers['x-payment'] !== undefined || headers['payment-signature'] !== undefined
}

async function end(server: ReturnType<typeof createServer>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
