import type { ServerResponse } from 'node:http'
import { Agents } from '@bursar/local-server'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { expect, it, onTestFinished } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { contextOf } from '../../test/client.js'
import { serveHttp } from './serve-http.js'

const tokens = { alice: 'a-token-of-alice-alone', bob: 'a-token-of-bob-alone-too' }

/** The tools over HTTP for two agents, and what each of them is answered. */
async function twoAgents() {
  const context = contextOf()
  const agents = new Agents(Object.entries(tokens).map(([name, token]) => ({ name, token })))
  const server = await serveHttp(context, { agents, port: 0, version: '1.2.3' })
  onTestFinished(() => server.stop())
  const open = async (token: string) => {
    const client = new Client({ name: 'a host', version: '1' })
    const headers = { authorization: `Bearer ${token}` }
    const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } })
    await client.connect(transport as Parameters<typeof client.connect>[0])
    onTestFinished(() => client.close())
    return async (name: string, args: Record<string, unknown>, signal?: AbortSignal) => {
      const options = signal ? { signal } : {}
      return CallToolResultSchema.parse(await client.callTool({ name, arguments: args }, undefined, options))
    }
  }
  return { alice: await open(tokens.alice), bob: await open(tokens.bob), ledger: context.ledger }
}

it('tells one agent nothing of what another has bought, nor takes it up for it, by whatever name it asks', async () => {
  const held: ServerResponse[] = []
  const slow: Route = (arrival, response) => {
    if (arrival.payment === undefined) challenge(arrival, response)
    else held.push(response)
  }
  const { url, payments } = await startPaidServer({ '/slow': slow })
  const { alice, bob, ledger } = await twoAgents()
  const stop = new AbortController()
  const left = alice('pay_url', { url: `${url}/slow` }, stop.signal)
  await expect.poll(() => held.length).toBe(1)
  stop.abort('the time of the host is up')
  await expect(left).rejects.toThrow(/time of the host/)
  held.shift()?.writeHead(200, receipt()).end('for alice')
  const first = async () => {
    for await (const purchase of ledger.history()) return purchase
    return expect.unreachable()
  }
  await expect.poll(async () => (await first()).state).toBe('settled')
  const { id: purchase, labels, origin } = await first()
  await ledger.noteJob({ job: 'job-of-alice', purchase, origin, labels })
  // The fake service has a job of every name, and none of them is what alice bought.
  const asked = await bob('check_job', { job: labels.call })
  expect(JSON.stringify(asked)).not.toContain('for alice')
  const { isError, content } = await bob('check_job', { job: 'job-of-alice' })
  expect([isError, JSON.stringify(content)]).toEqual([true, expect.stringContaining('no job of this agent')])
  const { structuredContent } = await alice('pay_url', { url: `${url}/slow` })
  expect(structuredContent).toMatchObject({ body: 'for alice' })
  expect(payments()).toBe(1)
})
