import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, type Ledger, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { createBursar } from 'bursar'
import { onTestFinished } from 'vitest'
import type { McpContext } from '../src/context.js'
import { createMcpServer } from '../src/create-mcp-server.js'
import { AnswerFiles } from '../src/files/answer-files.js'
import { fakeKatana } from './fake-katana.js'

/** A private key that nobody uses: the first of anvil's. */
const EVM_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
/** Where no chain answers. */
const NO_CHAIN = 'http://127.0.0.1:9'

/** What a tool said. */
interface ToolAnswer {
  readonly isError: boolean
  readonly text: string
  readonly output: Readonly<Record<string, unknown>>
}

/** What a test changes about the tools' context. */
export type ContextChanges = Partial<Pick<McpContext, 'limits' | 'katana'>> & {
  readonly hosts?: readonly string[]
  readonly ledger?: Ledger
  readonly clock?: Clock
  readonly folder?: string
}

/** The tools and the official client, joined in memory. */
export async function connect(changes: ContextChanges = {}) {
  const { limits = { payment: '0.25', total: '1' }, ledger = memoryLedger(), clock = systemClock } = changes
  const folder = changes.folder ?? newFolder()
  const bursar = createBursar({
    evm: EVM_KEY,
    limits,
    ledger,
    rpcUrls: { 'eip155:8453': NO_CHAIN },
    resend: { times: 0 },
    ...(changes.hosts ? { allow: { hosts: changes.hosts } } : {})
  })
  onTestFinished(() => bursar.close())
  let [calls, fetches] = [0, 0]
  const fetch: typeof bursar.fetch = (...args) => {
    fetches++
    return bursar.fetch(...args)
  }
  const context: McpContext = {
    bursar: { ...bursar, fetch },
    katana: changes.katana ?? fakeKatana(),
    ledger,
    limits,
    files: new AnswerFiles(folder),
    clock,
    newId: () => `call-${++calls}`
  }
  return { ...(await clientOf(context)), folder, ledger, fetches: () => fetches }
}

/** The official client of a server's tools. */
async function clientOf(context: McpContext) {
  const [toClient, toServer] = InMemoryTransport.createLinkedPair()
  const server = createMcpServer(context, '1.2.3')
  const client = new Client({ name: 'a host', version: '1' })
  await Promise.all([server.connect(toServer), client.connect(toClient)])
  onTestFinished(() => client.close())
  const call = async (name: string, args: Readonly<Record<string, unknown>> = {}): Promise<ToolAnswer> => {
    const answer = await client.callTool({ name, arguments: { ...args } })
    const { isError, content, structuredContent } = CallToolResultSchema.parse(answer)
    const [first] = content
    const text = first?.type === 'text' ? first.text : ''
    return { isError: isError === true, text, output: structuredContent ?? {} }
  }
  return { client, call }
}

/** A folder that is removed when the test ends. */
function newFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'bursar-mcp-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return join(home, 'files')
}
