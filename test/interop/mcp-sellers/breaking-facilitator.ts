import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A facilitator whose answers to settlements are lost, once they were made. It stops after the test. */
export async function breakingFacilitator(facilitator: string): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = request.method === 'POST' ? Buffer.concat(await request.toArray()) : null
    const headers = { 'content-type': 'application/json' }
    const method = request.method ?? 'GET'
    const answer = await fetch(`${facilitator}${request.url}`, { method, headers, body })
    const text = await answer.text()
    if (request.url === '/settle') response.writeHead(504).end('{"error":"timed out"}')
    else response.writeHead(answer.status, headers).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
