import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { McpError } from '@modelcontextprotocol/sdk/types.js'
import { expect, it, onTestFinished, vi } from 'vitest'
import {
  asks,
  challengeOf,
  type PaidToolsOptions,
  paidSeller,
  payable,
  type Script,
  SELLER,
  sold
} from '../../test/paid-tools.js'
import { stopTimers } from '../../test/stopped-timers.js'
import { payingClient } from '../client.js'

const call = { name: 'report', arguments: { day: 1 } }
const never = new Promise<never>(() => {})

/** The official client in version 2, made paying. */
async function laterTools(
  script: Script,
  options: PaidToolsOptions = {},
  client = new Client({ name: 'an agent', version: '2' })
) {
  const seller = paidSeller(script, options)
  const [toClient, toServer] = InMemoryTransport.createLinkedPair()
  await Promise.all([seller.server.connect(toServer), client.connect(toClient)])
  onTestFinished(() => client.close())
  return {
    ...seller,
    client,
    transport: toClient,
    paying: payingClient(client, seller.bursar, { server: SELLER })
  }
}

it('a client of version 2 of the SDK is given its options where it wants them, and pays', async () => {
  const { paying, bursar, arrivals, signed } = await laterTools(payable)
  const progress: unknown[] = []
  const options = { timeout: 30_000, onprogress: (each: unknown) => progress.push(each) }
  const result = await paying.callTool(call, options)
  expect(bursar.receiptOf(result)).toMatchObject({ moneyState: 'settled' })
  expect(result.content).toEqual([{ type: 'text', text: 'the report' }])
  expect(arrivals.map(({ meta }) => typeof meta.progressToken)).toEqual(['number', 'number'])
  expect(signed()).toBe(1)
})

/** A client that adds a header to a call, as version 2 does for servers that mirror arguments there. */
class MirroringClient extends Client {
  override callTool(...[params, options]: Parameters<Client['callTool']>) {
    return super.callTool(params, { ...options, headers: { 'mcp-param-day': '1' } })
  }
}

it('what version 2 adds to a request is sent, with the payment too', async () => {
  const mirroring = new MirroringClient({ name: 'an agent', version: '2' })
  const { paying, transport } = await laterTools(payable, {}, mirroring)
  const sent = vi.spyOn(transport, 'send')
  await paying.callTool(call)
  const headers = { 'mcp-param-day': '1' }
  expect(sent.mock.calls.map(([, options]) => options)).toMatchObject([{ headers }, { headers }])
})

it('X149: an answer that is lost is asked for again with the same payment', async () => {
  let lost = 1
  const script: Script = (arrival, index) => (arrival.payment && lost-- > 0 ? never : payable(arrival, index))
  const { paying, bursar, payments, signed } = await laterTools(script, {
    bursar: { timeouts: { afterPaymentMs: 1_000 } }
  })
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({ moneyState: 'settled' })
  expect([payments().length, signed()]).toEqual([2, 1])
})

it('X145: a challenge is found in an error, and what a paid server answers as an error is no lost answer', async () => {
  const { paying, signed } = await laterTools(({ payment }) => {
    if (payment) throw new McpError(-32603, 'Out of paper')
    throw new McpError(402, 'Payment required', challengeOf())
  })
  await expect(paying.callTool(call)).rejects.toThrow(/Out of paper/)
  expect(signed()).toBe(1)
})

it('the time of a caller counts', async () => {
  let arrive = (): void => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const { paying, signed } = await laterTools(({ payment }) => {
    if (!payment) return asks()
    arrive()
    return never
  })
  const passTime = stopTimers()
  const calling = expect(paying.callTool(call, { timeout: 1_000 })).rejects.toMatchObject({
    code: 'payment/aborted'
  })
  await arrived
  passTime(1_000)
  await calling
  expect(signed()).toBe(1)
})

it('what version 2 refuses of a result is handed over once it is paid for', async () => {
  const tools = [
    {
      name: 'report',
      inputSchema: { type: 'object' as const },
      outputSchema: {
        type: 'object' as const,
        properties: { pages: { type: 'number' } },
        required: ['pages']
      }
    }
  ]
  const { paying, client, bursar } = await laterTools(({ payment }) => (payment ? sold() : asks()), { tools })
  await client.listTools()
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({ moneyState: 'settled' })
})
