import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { StackWallets } from '@bursar/gateway'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { expect, onTestFinished } from 'vitest'
import { bin, startCommand } from './command.js'
import { sellerOf } from './interop/mcp-sellers/connect.js'
import { ATOMIC_PRICE, sellerConfig, sellerTest as test } from './interop/sellers/seller-test.js'
import { startChild } from './interop/sellers/start-child.js'

/** A host that starts `bursar mcp --connect`, as hosts do. */
async function startBridge({ env }: StackWallets, server: readonly string[]) {
  const args = [bin, 'mcp', '--max-amount', '0.05', '--limit', 'day=1', '--connect', ...server]
  const environment = { ...env, PATH: process.env.PATH ?? '' }
  const transport = new StdioClientTransport({
    command: process.execPath,
    args,
    env: environment,
    stderr: 'ignore'
  })
  const host = new Client({ name: 'a host', version: '1' })
  await host.connect(transport)
  onTestFinished(() => host.close())
  return { host, pid: transport.pid ?? 0 }
}

const textsOf = (result: object): string => JSON.stringify('content' in result ? result.content : [])

test('shows the tools of a server that is started by a command, and pays for them on both chains', async ({
  stack,
  wallets,
  facilitator
}) => {
  const payee = await stack.newWallet('0')
  const { command, args, env } = sellerOf('official', sellerConfig(stack, { facilitator, payee, version: 2 }))
  // A server's command gets no environment of the bridge's, so that this one is told by its arguments.
  const started = [
    '/usr/bin/env',
    '--',
    ...Object.entries(env).map((pair) => pair.join('=')),
    command,
    ...args
  ]
  const { host } = await startBridge(wallets, started)
  const { tools } = await host.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['base', 'solana', 'forecast', 'failing', 'free'])
  for (const name of ['base', 'solana'])
    expect(textsOf(await host.callTool({ name, arguments: {} }))).toMatch(/sold.*0\.0123 USDC on/)
  expect(textsOf(await host.callTool({ name: 'free', arguments: {} }))).toBe(
    '[{"type":"text","text":"free"}]'
  )
  expect(await payee.base?.balance()).toBe(ATOMIC_PRICE)
  expect(await payee.solana?.balance()).toBe(ATOMIC_PRICE)
})

/** A seller's address whose answers to payments wait, once they were given, until they are let. It stops after the test. */
async function holdAnswers(url: string) {
  let isHeld = true
  let tellHeld = (): void => {}
  const held = new Promise<void>((resolve) => {
    tellHeld = resolve
  })
  const relay = createServer(async (request, response) => {
    // It has no stream of its own.
    if (request.method !== 'POST') return void response.writeHead(405).end()
    const body = Buffer.concat(await request.toArray())
    const headers = Object.fromEntries(
      ['content-type', 'accept', 'mcp-protocol-version'].flatMap((name) => {
        const value = request.headers[name]
        return typeof value === 'string' ? [[name, value]] : []
      })
    )
    const answer = await fetch(`${url}/mcp`, { method: 'POST', headers, body })
    const text = await answer.text()
    if (isHeld && String(body).includes('"x402/payment"')) return tellHeld()
    const type = answer.headers.get('content-type')
    response.writeHead(answer.status, type ? { 'content-type': type } : {}).end(text)
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    relay.closeAllConnections()
    relay.close()
  })
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}/mcp`,
    held,
    letGo() {
      isHeld = false
    }
  }
}

test('killed between the settlement and its answer, and started again, it pays once and says so', async ({
  stack,
  wallets,
  facilitator
}) => {
  const payee = await stack.newWallet('0')
  const config = sellerConfig(stack, { facilitator, payee, version: 2 })
  const seller = await startChild('../mcp-sellers/official', config)
  onTestFinished(seller.stop)
  const { url, held, letGo } = await holdAnswers(seller.url)
  const first = await startBridge(wallets, [url])
  const lost = first.host.callTool({ name: 'base', arguments: {} }).catch((error: unknown) => error)
  await held
  process.kill(first.pid, 'SIGKILL')
  expect(await lost).toBeInstanceOf(Error)
  letGo()
  const second = await startBridge(wallets, [url])
  const again = await second.host.callTool({ name: 'base', arguments: {} })
  // The official server gives its answer once, and says of the same payment that it was used.
  expect(again.isError).toBe(true)
  expect(textsOf(again)).toMatch(/were paid in 0x[0-9a-f]{64}/)
  expect(await payee.base?.balance()).toBe(ATOMIC_PRICE)
  expect(await wallets.base?.payments()).toHaveLength(1)
})

test('a server that it starts gets no key, nor anything else of its settings', async ({ wallets }) => {
  const script = fileURLToPath(new URL('interop/mcp-sellers/tell-environment.mjs', import.meta.url))
  const { host } = await startBridge(wallets, [process.execPath, '--', script])
  const told = textsOf(await host.callTool({ name: 'environment', arguments: {} }))
  expect(told).toContain('PATH')
  const { EVM_PRIVATE_KEY = '', SVM_PRIVATE_KEY = '' } = wallets.env
  for (const secret of [EVM_PRIVATE_KEY.slice(2), SVM_PRIVATE_KEY, 'BURSAR_', '_PRIVATE_KEY']) {
    expect(secret).not.toBe('')
    expect(told).not.toContain(secret)
  }
})

/** The address of a server that knows nobody. It stops after the test. */
async function strangersOnly(): Promise<string> {
  const server = createServer((_, response) => void response.writeHead(401).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
}

test('what it cannot do is a mistake that it names, and nothing is paid', async ({ wallets }) => {
  const wrong: [string[], string, number?][] = [
    [['http://mcp.example.com/mcp'], 'https'],
    [['ftp://mcp.example.com/mcp'], 'https'],
    [['https://mcp.example.com/mcp', '--', 'more'], 'takes no arguments'],
    [['https://mcp.example.com/mcp', '--output', 'x'], '--output'],
    [
      ['no-such-command-anywhere'],
      'The program no-such-command-anywhere of --connect cannot be used: there is none'
    ],
    [[await strangersOnly()], 'cannot be used without a token that it knows, in BURSAR_CONNECT_TOKEN'],
    [['http://127.0.0.1:2/mcp'], 'Nothing was paid. The server of --connect cannot be used: ECONNREFUSED', 7]
  ]
  for (const [server, words, exit = 2] of wrong) {
    const args = ['mcp', '--max-amount', '0.05', '--limit', 'day=1', '--connect', ...server]
    const { code, err } = await startCommand(wallets.env, ...args).ended
    expect([code, err]).toEqual([exit, expect.stringContaining(words)])
  }
})
