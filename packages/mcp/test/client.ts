import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, type Ledger, systemClock } from '@bursar/core'
import { isFileError } from '@bursar/core/files'
import { memoryLedger } from '@bursar/ledger'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { type CallToolResult, CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { type BursarOptions, createBursar } from 'bursar'
import { onTestFinished } from 'vitest'
import type { McpContext } from '../src/context.js'
import { createMcpServer } from '../src/create-mcp-server.js'
import { AnswerFiles } from '../src/files/answer-files.js'
import type { WriteQuota } from '../src/files/write-quota.js'
import { fakeKatana } from './fake-katana.js'

/** A private key that nobody uses: the first of anvil's. */
const EVM_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
/** Where no chain answers. */
const NO_CHAIN = 'http://127.0.0.1:9'

/** The answer of a tool. */
interface ToolAnswer {
  readonly isError: boolean
  readonly text: string
  readonly output: Readonly<Record<string, unknown>>
  readonly content: CallToolResult['content']
}

/** What a test changes about the tools' context. */
export type ContextChanges = Partial<
  Pick<
    McpContext,
    'limits' | 'katana' | 'textBilling' | 'journal' | 'pictures' | 'input' | 'secrets' | 'tools'
  >
> & {
  readonly hosts?: readonly string[]
  readonly ledger?: Ledger
  readonly clock?: Clock
  readonly folder?: string
  readonly quota?: WriteQuota
  readonly confirm?: BursarOptions['confirm']
  /** What the client calls itself. */
  readonly host?: string
}

/** The tools and the official client, joined in memory. */
export async function connect(changes: ContextChanges = {}) {
  const folder = changes.folder ?? newFolder()
  const context = contextOf({ ...changes, folder })
  let fetches = 0
  const fetch: typeof context.bursar.fetch = (...args) => {
    fetches++
    return context.bursar.fetch(...args)
  }
  const counted = { ...context, bursar: { ...context.bursar, fetch } }
  return {
    ...(await clientOf(counted, changes.host ?? 'a host')),
    folder,
    ledger: context.ledger,
    fetches: () => fetches
  }
}

/** What tools work with, on a chain that does not answer. */
export function contextOf(changes: ContextChanges = {}): McpContext {
  const { limits = { payment: '0.25', total: '1' }, ledger = memoryLedger(), clock = systemClock } = changes
  const folder = changes.folder ?? newFolder()
  const bursar = createBursar({
    evm: EVM_KEY,
    limits,
    ledger,
    rpcUrls: { 'eip155:8453': NO_CHAIN },
    resend: { times: 0 },
    confirm: changes.confirm,
    ...(changes.hosts ? { allow: { hosts: changes.hosts } } : {})
  })
  onTestFinished(() => bursar.close())
  let calls = 0
  return {
    bursar,
    katana: changes.katana ?? fakeKatana(),
    ledger,
    limits,
    files: new AnswerFiles(folder, changes.quota),
    clock,
    newId: () => `call-${++calls}`,
    textBilling: changes.textBilling,
    journal: changes.journal,
    pictures: changes.pictures,
    input: changes.input,
    secrets: changes.secrets,
    tools: changes.tools
  }
}

/** The official client of a server's tools. */
async function clientOf(context: McpContext, name: string) {
  const [toClient, toServer] = InMemoryTransport.createLinkedPair()
  const server = createMcpServer(context, '1.2.3')
  const client = new Client({ name, version: '1' })
  await Promise.all([server.connect(toServer), client.connect(toClient)])
  onTestFinished(() => client.close())
  const call = async (name: string, args: Readonly<Record<string, unknown>> = {}): Promise<ToolAnswer> => {
    const answer = await client.callTool({ name, arguments: { ...args } })
    const { isError, content, structuredContent } = CallToolResultSchema.parse(answer)
    const [first] = content
    const text = first?.type === 'text' ? first.text : ''
    return { isError: isError === true, text, output: structuredContent ?? {}, content }
  }
  return { client, call, server }
}

/** A folder that is removed when the test ends. */
function newFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'bursar-mcp-'))
  onTestFinished(() => remove(home))
  return join(home, 'files')
}

/** A video is answered with its job, and may be saved only after the test has ended. */
async function remove(folder: string): Promise<void> {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    if (!isFileError(error, 'ENOTEMPTY')) throw error
    await new Promise((resolve) => setImmediate(resolve))
    await remove(folder)
  }
}
