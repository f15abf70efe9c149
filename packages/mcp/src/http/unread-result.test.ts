import { once } from 'node:events'
import { connect } from 'node:net'
import { Agents } from '@bursar/local-server'
import { expect, it, onTestFinished } from 'vitest'
import { challenge, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { contextOf } from '../../test/client.js'
import { serveHttp } from './serve-http.js'

const TOKEN = 'a-token-of-the-tests'

/** The tools over HTTP, and a page whose text is larger than a client reads ahead. */
async function served() {
  const { url, payments } = await startPaidServer({
    '/long': (arrival, response) =>
      arrival.payment === undefined
        ? challenge(arrival, response)
        : void response.writeHead(200, receipt()).end('long '.repeat(100_000))
  })
  const agents = new Agents([{ name: 'mcp', token: TOKEN }])
  const server = await serveHttp(contextOf({}), { agents, port: 0, version: '1.2.3' })
  onTestFinished(() => server.stop())
  const call = { name: 'pay_url', arguments: { url: `${url}/long` } }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call })
  return { server, payments, body }
}

/** Calls, and reads no more than the head of the result before it leaves, or all of it. */
async function callTool({ server, body }: Awaited<ReturnType<typeof served>>, leaves: boolean) {
  const { host, port, pathname } = new URL(server.url)
  const client = connect(Number(port), '127.0.0.1')
  const head = [
    ...[`POST ${pathname} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${TOKEN}`],
    ...['Content-Type: application/json', 'Accept: application/json, text/event-stream'],
    ...[`Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close', '', '']
  ]
  client.write(head.join('\r\n') + body)
  if (leaves) {
    await once(client, 'readable')
    client.destroy()
    return ''
  }
  let text = ''
  for await (const chunk of client) text += chunk
  return text
}

it('a result that its host left unread is had by the next equal call, and paid once', async () => {
  const tools = await served()
  await callTool(tools, true)
  expect(await callTool(tools, false)).toContain('long long')
  expect(tools.payments()).toBe(1)
  // What was read is bought anew where it is asked for anew.
  expect(await callTool(tools, false)).toContain('long long')
  expect(tools.payments()).toBe(2)
})
