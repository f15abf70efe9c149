import { createPaidMcpHandler } from 'x402-mcp'
import { config, listen } from '../sellers/serve.mjs'
import { sell } from './serve-tools.mjs'

const { facilitator, base, price } = config
const handler = createPaidMcpHandler(
  (server) => {
    for (const name of ['base', 'forecast'])
      server.paidTool(name, 'A report', { price: Number(price) }, {}, {}, sell)
  },
  {},
  { recipient: base.payTo, network: 'base', facilitator: { url: facilitator } }
)

// It is written for servers that answer a Request with a Response.
listen(async (request, response) => {
  const body = request.method === 'POST' ? Buffer.concat(await request.toArray()) : undefined
  const url = `http://${request.headers.host}/mcp`
  const answer = await handler(new Request(url, { method: request.method, headers: request.headers, body }))
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(Buffer.from(await answer.arrayBuffer()))
})
