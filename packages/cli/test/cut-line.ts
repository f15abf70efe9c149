import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** What a line to a node does with the request that holds the word: it reaches the node or not, and nothing comes back. */
export type Cut = 'after it reached the node' | 'before it reached the node'

/** A line to a node that is cut at the first request with a word in it, and stays so. */
export async function startCutLine(target: string, word: string, cut: Cut): Promise<string> {
  let isCut = false
  const server = createServer(async (message, response) => {
    const body = await buffer(message)
    const isTheOne = body.includes(word)
    if (isCut || (isTheOne && cut === 'before it reached the node')) {
      isCut = true
      return void message.socket.destroy()
    }
    if (isTheOne) isCut = true
    const headers = { 'content-type': 'application/json' }
    const answer = await (await fetch(target, { method: 'POST', headers, body })).text()
    if (isCut) message.socket.destroy()
    else response.writeHead(200, headers).end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
