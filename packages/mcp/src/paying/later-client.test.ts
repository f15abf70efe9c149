import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { expect, it } from 'vitest'
import { paidTools, payable, SELLER } from '../../test/paid-tools.js'
import { payingClient } from '../client.js'

type Options = Parameters<Client['request']>[2]

/** A client that calls tools as version 2 of the SDK does, which has no schema between the call and its options. */
class LaterClient {
  readonly transport: Client['transport']
  readonly request: Client['request']
  readonly given: unknown[] = []

  constructor(client: Client) {
    this.transport = client.transport
    this.request = client.request.bind(client)
  }

  callTool(params: { readonly name: string }, options?: Options) {
    this.given.push(options)
    return this.request({ method: 'tools/call', params }, ResultSchema, options)
  }
}

it('a client of version 2 of the SDK is given its options where it wants them, and pays', async () => {
  const { client, bursar, arrivals, signed } = await paidTools(payable)
  const later = new LaterClient(client)
  const paying: Pick<LaterClient, 'callTool'> = payingClient(later as never, bursar, { server: SELLER })
  const progress: unknown[] = []
  const options: Options = { timeout: 30_000, onprogress: (each) => progress.push(each) }
  const result = await paying.callTool({ name: 'report' }, options)
  expect(bursar.receiptOf(result)).toMatchObject({ moneyState: 'settled' })
  expect(later.given).toEqual([options])
  expect(arrivals.map(({ meta }) => typeof meta.progressToken)).toEqual(['number', 'number'])
  expect(signed()).toBe(1)
})
