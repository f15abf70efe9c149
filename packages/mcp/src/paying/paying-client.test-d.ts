import type { Client as LaterClient } from '@modelcontextprotocol/client'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { expectTypeOf, it } from 'vitest'
import { payingClient, type ToolBursar, type ToolClient } from '../client.js'

declare const bursar: ToolBursar
declare const client: Client
declare const laterClient: LaterClient

it('makes the official client of both versions pay, without a cast, and gives it back as what it was', () => {
  expectTypeOf(payingClient(client, bursar)).toEqualTypeOf<Client>()
  expectTypeOf(payingClient(laterClient, bursar)).toEqualTypeOf<LaterClient>()
})

it('takes nothing that calls no tools', () => {
  expectTypeOf<Pick<Client, 'transport' | 'request'>>().not.toExtend<ToolClient>()
  expectTypeOf<{ callTool(): Promise<unknown>; request: number }>().not.toExtend<ToolClient>()
})
