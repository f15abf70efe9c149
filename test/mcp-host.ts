import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from '@bursar/gateway'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { onTestFinished } from 'vitest'
import { bin } from './command.js'

/** An agent's host on the wallet of a test: each start is a process of the built command. */
export async function newHost(stack: Stack) {
  const { env, base } = await stack.newWallet()
  const home = mkdtempSync(join(tmpdir(), 'bursar-host-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const own = { HOME: home, PATH: process.env.PATH ?? '', ...env, BURSAR_HOME: join(home, 'data') }
  const start = (...argv: string[]) => startServer(own, ['-o', join(home, 'files'), ...argv])
  return { start, home, env: own, payments: async () => (await base?.payments())?.length ?? 0 }
}

async function startServer(env: Record<string, string>, argv: readonly string[]) {
  const client = new Client({ name: 'a host', version: '1' })
  const args = [bin, 'mcp', '--max-amount', '0.6', '--limit', 'total=9', ...argv]
  const transport = new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' })
  await client.connect(transport)
  onTestFinished(() => client.close())
  const { pid } = transport
  if (pid === null) throw new Error('the server has no process')
  const gone = new Promise<void>((resolve) => {
    client.onclose = resolve
  })
  return {
    client,
    /** Ends the process, and waits until it is gone. */
    async end(signal: NodeJS.Signals) {
      process.kill(pid, signal)
      await gone
    },
    call: (name: string, args: object = {}, timeout?: number) => use(client, { name, args, timeout })
  }
}

/** Calls a tool, and says whether it failed, and what it said. */
async function use(
  client: Client,
  {
    name,
    args,
    timeout = 60_000
  }: { readonly name: string; readonly args: object; readonly timeout?: number | undefined }
) {
  const answer = await client.callTool({ name, arguments: { ...args } }, undefined, { timeout })
  const { isError = false, content, structuredContent = {} } = CallToolResultSchema.parse(answer)
  const [first] = content
  return { isError, text: first?.type === 'text' ? first.text : '', output: structuredContent, content }
}
