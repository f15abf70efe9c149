import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { isJsonObject, type JsonObject } from '@bursar/core'
import { onTestFinished } from 'vitest'

/** Stands between a command and Katana, and writes down what is to be generated. */
export async function watchKatana(katana: string) {
  const items: JsonObject[] = []
  const server = createServer(async (message, response) => {
    const body = await buffer(message)
    items.push(...itemsIn(body))
    forward(new URL(message.url ?? '/', katana), { message, body, response })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  /** The last item that was sent, with its payment. */
  const lastItem = () => items.at(-1)
  return { env: { KATANA_URL: `http://127.0.0.1:${port}` }, lastItem }
}

function itemsIn(body: Buffer): readonly JsonObject[] {
  const text = body.toString()
  const { requests }: JsonObject = text.includes('"requests"') ? JSON.parse(text) : {}
  return Array.isArray(requests) ? requests.filter(isJsonObject) : []
}

interface Exchange {
  readonly message: IncomingMessage
  readonly body: Buffer
  readonly response: ServerResponse
}

function forward(url: URL, { message, body, response }: Exchange): void {
  const { method, headers } = message
  const outgoing = request(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  outgoing.end(body)
}
