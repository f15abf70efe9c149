import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin, startCommand } from './command.js'

const KEY = `0x${'11'.repeat(32)}`
const limits = ['--max-amount', '0.25', '--limit', 'day=1']

/** A home that a host has, and nothing else of the environment. */
function newEnv() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-start-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return { HOME: home, PATH: process.env.PATH ?? '', TERM: 'dumb' }
}

/** Accepts connections and never answers. */
async function silentService() {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, connections: () => sockets.size }
}

describe('bursar mcp, started by a host', () => {
  it('C57: answers initialize and tools/list without asking anybody', async () => {
    const { url, connections } = await silentService()
    const env = { ...newEnv(), EVM_PRIVATE_KEY: KEY, BURSAR_RPC_BASE: url, BURSAR_RPC_SOLANA: url }
    const client = new Client({ name: 'a host', version: '1' })
    const args = [bin, 'mcp', '--url', url, ...limits]
    await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' }))
    onTestFinished(() => client.close())
    expect((await client.listTools()).tools.length).toBeGreaterThan(5)
    expect(connections()).toBe(0)
  })

  it('C63: says which variable is missing, and how a host passes it', async () => {
    const { code, out, err } = await startCommand(newEnv(), 'mcp', ...limits).ended
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/EVM_PRIVATE_KEY or SVM_PRIVATE_KEY.*`env`.*Codex.*opencode/)
    const malformed = { ...newEnv(), EVM_PRIVATE_KEY: '0x12' }
    expect((await startCommand(malformed, 'mcp', ...limits).ended).err).toMatch(/EVM_PRIVATE_KEY.*`env`/)
  })

  it('demands a limit on a sum', async () => {
    const { code, err } = await startCommand(
      { ...newEnv(), EVM_PRIVATE_KEY: KEY },
      'mcp',
      '--max-amount',
      '1'
    ).ended
    expect([code, err]).toEqual([2, expect.stringMatching(/needs a limit on a sum/)])
  })

  it('C62: ends when its input ends', async () => {
    const { child, ended } = startCommand({ ...newEnv(), EVM_PRIVATE_KEY: KEY }, 'mcp', ...limits)
    child.stdin.end()
    expect((await ended).code).toBe(0)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('C62: ends at %s while its input is open', async (signal) => {
    const { child, ended } = startCommand({ ...newEnv(), EVM_PRIVATE_KEY: KEY }, 'mcp', ...limits)
    const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n`)
    await answers.next()
    child.kill(signal)
    await ended
  })

  it.each([
    ['before its arguments', (id: object, rest: object) => ({ jsonrpc: '2.0', ...id, ...rest })],
    ['behind them', (id: object, rest: object) => ({ ...rest, jsonrpc: '2.0', ...id })]
  ])('answers a call that is too long with an error, its id being %s, and goes on', async (_, write) => {
    const { child, ended } = startCommand({ ...newEnv(), EVM_PRIVATE_KEY: KEY }, 'mcp', ...limits)
    const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
    const ask = async (id: number | string, method: string, params: object) => {
      child.stdin.write(`${JSON.stringify(write({ id }, { method, params }))}\n`)
      return JSON.parse((await answers.next()).value ?? expect.unreachable())
    }
    const clientInfo = { name: 'a host', version: '1' }
    await ask(1, 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo })
    const long = { name: 'pay_url', arguments: { url: 'x'.repeat(11 * 1024 * 1024), id: 7 } }
    const message = expect.stringMatching(/more than 10485760 bytes.*Nothing was paid/)
    expect(await ask('a "b"', 'tools/call', long)).toMatchObject({ id: 'a "b"', error: { message } })
    // An answer of the host has an id of the server's, and says nothing of the host's own request by that id.
    child.stdin.write(`${JSON.stringify(write({ id: 3 }, { result: long }))}\n`)
    expect(await ask(3, 'ping', {})).toMatchObject({ id: 3, result: {} })
    child.stdin.end()
    expect((await ended).code).toBe(0)
  })
})
