import { type Clock, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import {
  CallToolResultSchema,
  ElicitRequestSchema,
  type ElicitResult,
  type ServerCapabilities
} from '@modelcontextprotocol/sdk/types.js'
import { onTestFinished } from 'vitest'
import { type Confirmation, createBridge } from '../src/index.js'
import { type PaidToolsOptions, paidTools, type Script, SELLER } from './paid-tools.js'

/** What a test of a bridge changes. */
export interface PaidBridgeOptions extends Omit<PaidToolsOptions, 'bursar'> {
  readonly clock?: Clock
  readonly capabilities?: ServerCapabilities
  readonly secrets?: readonly string[]
  readonly confirmation?: Confirmation
  /** The answer of the person at the host. Absent: the host asks nobody. */
  readonly person?: () => ElicitResult
}

/** The official client of a bridge to a server that answers by a script. No chain answers. */
export async function paidBridge(script: Script, changes: PaidBridgeOptions = {}) {
  const { clock = systemClock, secrets, confirmation, person, ...options } = changes
  const ledger = memoryLedger()
  const limits = { payment: '0.05', total: '1' }
  const seller = await paidTools(script, {
    ...options,
    bursar: { ledger, limits, confirm: confirmation?.confirm }
  })
  let calls = 0
  const bridge = createBridge({
    bursar: seller.bursar,
    server: { client: seller.client, address: SELLER, url: new URL(SELLER) },
    ledger,
    limits,
    clock,
    secrets,
    confirmation,
    newId: () => `call-${++calls}`
  })
  const [toClient, toServer] = InMemoryTransport.createLinkedPair()
  const capabilities = person ? { elicitation: {} } : {}
  const host = new Client({ name: 'a host', version: '1' }, { capabilities })
  if (person) host.setRequestHandler(ElicitRequestSchema, person)
  await Promise.all([bridge.connect(toServer), host.connect(toClient)])
  onTestFinished(async () => {
    await host.close()
    await bridge.stop()
  })
  const call = async (name: string, given: Record<string, unknown> = {}) =>
    CallToolResultSchema.parse(await host.callTool({ name, arguments: given }))
  return { ...seller, host, toBridge: toClient, call }
}

/** The texts of a result. */
export function textsOf({ content }: { readonly content: readonly object[] }): string[] {
  return content.flatMap((each) => ('text' in each ? String(each.text) : []))
}
