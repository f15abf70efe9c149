import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from '@bursar/gateway'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, onTestFinished } from 'vitest'
import { bin, startCommand } from './command.js'
import { sellerConfig } from './interop/sellers/seller-test.js'
import { startChild } from './interop/sellers/start-child.js'

/** A server of the command that pays for a program, and the standard error of its process. */
export interface RunningServer {
  /** Buys something: `paid`, or the code of the error. */
  pay(): Promise<string>
  /** Has a model answer that may say so much, which the prepaid balance has to suffice for: `paid`, or the code of the error. */
  write?(maxTokens: number): Promise<string>
  said(): string
  stop(): Promise<void>
}

/** How a server is started on a home. */
export type StartServer = (home: Home) => Promise<RunningServer>

/** A data folder on a stack, whose policy is set by other processes than the server's. */
export type Home = Awaited<ReturnType<typeof newHome>>

/** A home and wallets of its own for each test. @param facilitator settles for the seller of tools. */
export async function newHome(stack: Stack, facilitator: string) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-running-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const wallets = await stack.newWallet()
  const env = { ...wallets.env, PATH: process.env.PATH ?? '', BURSAR_HOME: home }
  let bought = 0
  return {
    ...{ env, policyPath: join(home, 'policy.json'), stack, facilitator },
    /** Another thing each time, so that nothing is answered again. */
    nextUrl: () => `${stack.gateway.url}/standard/v2/report?usdc=0.05&copy=${++bought}`,
    async bursar(...argv: string[]) {
      const ended = await startCommand(env, ...argv).ended
      expect(ended, argv.join(' ')).toMatchObject({ code: 0 })
      return ended
    }
  }
}

async function mcpOver(home: Home, client: Client, said: () => string): Promise<RunningServer> {
  return {
    said,
    async pay() {
      const answer = await client.callTool({ name: 'pay_url', arguments: { url: home.nextUrl() } })
      if (answer.isError === true) return codeIn(JSON.stringify(answer.content))
      return JSON.stringify(answer.structuredContent).includes('"paid":"0.05 USDC') ? 'paid' : 'not paid'
    },
    async write(maxTokens) {
      const prompt = `Reply with exactly: ${home.nextUrl()}`
      const answer = await client.callTool({
        name: 'generate_text',
        arguments: { model: 'claude-sonnet-4-6', prompt, maxTokens }
      })
      return answer.isError === true ? codeIn(JSON.stringify(answer.content)) : 'paid'
    },
    stop: () => client.close()
  }
}

async function startStdio(home: Home): Promise<RunningServer> {
  const { client, said } = await startHost(home)
  return mcpOver(home, client, said)
}

/** The tools of a server that others publish, of which each call has a price. */
async function startConnected(home: Home): Promise<RunningServer> {
  const { stack, facilitator } = home
  const payee = await stack.newWallet('0')
  const seller = await startChild(
    '../mcp-sellers/official',
    sellerConfig(stack, { facilitator, payee, version: 2 })
  )
  onTestFinished(seller.stop)
  const { client, said } = await startHost(home, '--connect', `${seller.url}/mcp`)
  return {
    said,
    async pay() {
      const { content } = await client.callTool({ name: 'base', arguments: {} })
      const text = JSON.stringify(content)
      return text.includes('sold') ? 'paid' : codeIn(text)
    },
    stop: () => client.close()
  }
}

/** Starts MCP as a host does. */
async function startHost(home: Home, ...argv: string[]) {
  const client = new Client({ name: 'a host', version: '1' })
  const [command, args] = [process.execPath, [bin, 'mcp', ...argv]]
  const transport = new StdioClientTransport({ command, args, env: home.env, stderr: 'pipe' })
  let err = ''
  transport.stderr?.on('data', (chunk) => (err += String(chunk)))
  await client.connect(transport)
  onTestFinished(() => client.close())
  return { client, said: () => err }
}

async function startHttp(home: Home): Promise<RunningServer> {
  const server = await startListening(home, 'mcp', '--http', '--port', '0')
  const { url, headers } = JSON.parse(server.out)
  const client = new Client({ name: 'a host', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }))
  const running = await mcpOver(home, client, server.err)
  return {
    ...running,
    async stop() {
      await running.stop()
      await server.stop()
    }
  }
}

async function startProxy(home: Home): Promise<RunningServer> {
  const { out, err, stop } = await startListening(home, 'proxy', '--port', '0', '--json')
  const { OPENAI_BASE_URL: url, OPENAI_API_KEY: token } = JSON.parse(out).agents[0].env
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  let asked = 0
  const write = async (maxTokens: number): Promise<string> => {
    const messages = [{ role: 'user', content: `Reply with exactly: ${++asked}` }]
    const body = JSON.stringify({ model: 'claude-sonnet-4-6', max_tokens: maxTokens, messages })
    const { choices, error } = await (
      await fetch(`${url}/chat/completions`, { method: 'POST', body, headers })
    ).json()
    return choices ? 'paid' : String(error.code)
  }
  return {
    said: err,
    stop,
    pay: () => write(20),
    write
  }
}

/** Starts a server that prints one line of JSON once it listens. */
async function startListening({ env }: Home, ...argv: string[]) {
  const { child, ended, out, err } = startCommand(env, ...argv)
  onTestFinished(() => void child.kill('SIGKILL'))
  await expect.poll(out, { timeout: 60_000 }).toContain('\n')
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await ended
  }
  return { out: out(), err, stop }
}

function codeIn(text: string): string {
  return /\(([a-z]+\/[a-z-]+); /.exec(text)?.[1] ?? text
}

/** Every server of the command that pays for programs. */
export const servers: readonly (readonly [name: string, start: StartServer])[] = [
  ['bursar proxy', startProxy],
  ['bursar mcp over standard input and output', startStdio],
  ['bursar mcp over http', startHttp],
  ['bursar mcp --connect', startConnected]
]
