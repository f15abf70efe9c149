import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { systemClock } from '@bursar/core'
import { expect, it, onTestFinished } from 'vitest'
import { challenge, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { contextOf } from '../../test/client.js'
import { shareContext, toolsContext } from '../context.js'
import { answerRpc } from './answer-rpc.js'
import { WaitingRequests } from './waiting-requests.js'
import { type HttpExchange, whenClosed } from './when-closed.js'

/** Requests of one client, as a server has them. */
async function asked(paths: readonly string[]) {
  const exchanges: HttpExchange[] = []
  const server = createServer((message, response) => void exchanges.push({ message, response }))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => void client.destroy())
  client.resume().write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''))
  await expect.poll(() => exchanges.length, { timeout: 30_000 }).toBe(paths.length)
  return { client, exchanges }
}

it('is told once of an answer that was sent, and of each whose client leaves, also behind another answer', async () => {
  const { client, exchanges } = await asked(['/one', '/two', '/three'])
  const ends: (string | undefined)[] = []
  for (const exchange of exchanges) whenClosed(exchange, () => ends.push(exchange.message.url))
  exchanges[0]?.response.end('here')
  await expect.poll(() => ends, { timeout: 30_000 }).toEqual(['/one'])
  client.destroy()
  await expect.poll(() => ends.toSorted(), { timeout: 30_000 }).toEqual(['/one', '/three', '/two'])
}, 60_000)

it('is told at once where the client has left before, for which nothing is bought any more', async () => {
  const { url, payments } = await startPaidServer({
    '/page': (arrival, response) =>
      arrival.payment === undefined
        ? challenge(arrival, response)
        : void response.writeHead(200, receipt()).end('page')
  })
  const { client, exchanges } = await asked(['/one'])
  const [exchange] = exchanges
  if (!exchange) throw new TypeError('nobody asked')
  client.destroy()
  await once(exchange.response, 'close')
  const ends: string[] = []
  whenClosed(exchange, () => ends.push('left'))
  expect(ends).toEqual(['left'])
  const tools = toolsContext(shareContext(contextOf({})), 'mcp')
  const params = { name: 'pay_url', arguments: { url: `${url}/page` } }
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params }
  const serving = { tools, version: '1', waiting: new WaitingRequests(), session: '' }
  await answerRpc({ ...exchange, body }, serving)
  await systemClock.sleep(50)
  expect(payments()).toBe(0)
}, 60_000)
