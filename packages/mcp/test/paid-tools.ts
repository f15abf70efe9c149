import { memoryLedger } from '@bursar/ledger'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type Result,
  type ServerCapabilities,
  type Tool
} from '@modelcontextprotocol/sdk/types.js'
import { type BursarOptions, createBursar } from 'bursar'
import { onTestFinished } from 'vitest'
import type { PayingClientOptions } from '../src/client.js'
import { payingClient } from '../src/client.js'

/** A private key that nobody uses: the first of anvil's. */
const EVM_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
/** Where no chain answers. */
const NO_CHAIN = 'http://127.0.0.1:9'
export const SELLER = 'https://mcp.example.com/mcp'

/** A call as it reached the server. */
interface Arrival {
  readonly name: string
  readonly arguments?: Record<string, unknown> | undefined
  readonly meta: Readonly<Record<string, unknown>>
  /** The payment that it carries, as text. */
  readonly payment: string | undefined
}

/** Answers the call with this number. */
export type Script = (arrival: Arrival, index: number) => Result | Promise<Result>

/** What a test changes. */
export interface PaidToolsOptions extends PayingClientOptions {
  readonly bursar?: Partial<BursarOptions>
  readonly tools?: readonly Tool[]
  /** What the server can do besides. */
  readonly capabilities?: ServerCapabilities
}

/** The official client of a server that answers by a script, made paying. No chain answers. */
export async function paidTools(script: Script, options: PaidToolsOptions = {}) {
  const { bursar: changes, tools, capabilities, ...paying } = options
  const seller = paidSeller(script, options)
  const client = new Client({ name: 'an agent', version: '1' })
  const [toClient, toServer] = InMemoryTransport.createLinkedPair()
  await Promise.all([seller.server.connect(toServer), client.connect(toClient)])
  onTestFinished(() => client.close())
  return { ...seller, client, paying: payingClient(client, seller.bursar, { server: SELLER, ...paying }) }
}

/** A server that answers by a script, and who pays it. No chain answers. */
export function paidSeller(
  script: Script,
  { bursar: changes, tools = [], capabilities }: PaidToolsOptions = {}
) {
  const bursar = createBursar({
    evm: EVM_KEY,
    ledger: memoryLedger(),
    limits: { payment: '0.05', total: '1' },
    rpcUrls: { 'eip155:8453': NO_CHAIN },
    resend: { times: 1, backoffMs: 1 },
    ...changes
  })
  onTestFinished(() => bursar.close())
  const arrivals: Arrival[] = []
  const server = new Server(
    { name: 'a seller', version: '1' },
    { capabilities: { tools: {}, ...capabilities } }
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...tools] }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { name, arguments: args, _meta: meta = {} } = params
    const payment = meta['x402/payment'] ?? meta['x402.payment']
    const arrival = {
      name,
      arguments: args,
      meta,
      payment: payment === undefined ? undefined : JSON.stringify(payment)
    }
    return script(arrival, arrivals.push(arrival) - 1)
  })
  const payments = () => arrivals.flatMap(({ payment }) => payment ?? [])
  return {
    bursar,
    server,
    arrivals,
    /** The payments that arrived. */
    payments,
    /** How many of them differ. */
    signed: () => new Set(payments()).size,
    purchases: async () => {
      const purchases = []
      for await (const purchase of bursar.history()) purchases.push(purchase)
      return purchases
    }
  }
}

/** A standard v2 offer of USDC on Base. */
export const offer = {
  scheme: 'exact',
  network: 'eip155:8453',
  amount: '10000',
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  payTo: '0x1111111111111111111111111111111111111111',
  maxTimeoutSeconds: 60,
  extra: { name: 'USD Coin', version: '2' }
}

/** A challenge of version 2. */
export function challengeOf(change: object = {}, more: object = {}): Record<string, unknown> {
  return {
    x402Version: 2,
    error: 'Payment required to access this tool',
    resource: { url: 'mcp://tool/report' },
    accepts: [{ ...offer, ...change }],
    ...more
  }
}

/** A result that asks for payment. */
export function asks(challenge: Record<string, unknown> = challengeOf()): Result {
  const text = JSON.stringify(challenge)
  return { isError: true, structuredContent: challenge, content: [{ type: 'text', text }] }
}

/** The receipt of a settlement. */
export const receipt = { success: true, transaction: `0x${'ab'.repeat(32)}`, network: 'eip155:8453' }

/** A result that was paid for. */
export function sold(text = 'the report', more: object = {}): Result {
  return { content: [{ type: 'text', text }], _meta: { 'x402/payment-response': receipt }, ...more }
}

/** Asks for what is unpaid, and sells what is paid. */
export const payable: Script = ({ payment }) => (payment ? sold() : asks())
