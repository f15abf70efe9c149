/** An agent's host starts `bursar mcp`, as Claude Code does, and its model asks a price and pays by the tools that it has. */
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
const bursar = fileURLToPath(new URL('dist/bin.js', import.meta.resolve('@bursar/cli/package.json')))

const transport = new StdioClientTransport({
  command: process.execPath,
  args: [bursar, 'mcp', '--max-amount', '0.05', '--limit', 'day=1.00'],
  env: environmentOfServer()
})
const client = new Client({ name: 'my-host', version: '1.0.0' })
await client.connect(transport)

const { tools } = await client.listTools()
console.log(`The tools: ${tools.map(({ name }) => name).join(', ')}.`)
for (const name of ['quote', 'pay_url', 'history']) {
  const args = name === 'history' ? {} : { url: environment.reportUrl }
  const { content } = await client.callTool({ name, arguments: args })
  console.log(`\n${name}:\n${textOf(content)}`)
}
await client.close()

/** A server of MCP has no environment but what its host gives it: here everything, in a host's settings the key alone. */
function environmentOfServer(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function textOf(content: unknown): string {
  const blocks: readonly unknown[] = Array.isArray(content) ? content : []
  return blocks.flatMap((block) => (isText(block) ? [block.text] : [])).join('\n')
}

function isText(block: unknown): block is { readonly text: string } {
  return typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
}
