import { expect, it } from 'vitest'
import { paidTools, payable } from '../../test/paid-tools.js'
import { serverUrl, toolUrl } from './server-url.js'

const odd = ['a b', 'a/b', '..', '.', 'a?b#c', 'ü', '\ud800', '%2e%2e', '', 'a"b\\c', '__proto__']

it('X148: a tool’s name is one segment of its path, whatever characters it has, and leads nowhere else', () => {
  const server = new URL('https://mcp.example.com/mcp?key=secret')
  const paths = odd.map((name) => toolUrl(server, name).pathname)
  for (const path of paths) {
    expect(path).toMatch(/^\/mcp\/[^/]*$/)
    expect(new URL(`https://mcp.example.com${path}`).pathname).toBe(path)
  }
  expect(new Set(paths).size).toBe(odd.length)
})

it('X148: tools with such names are bought, and what the record keeps has no query', async () => {
  const { paying, purchases, signed } = await paidTools(payable, {
    server: 'https://mcp.example.com/mcp?key=secret'
  })
  for (const name of odd) await paying.callTool({ name, arguments: {} })
  expect(signed()).toBe(odd.length)
  for (const purchase of await purchases()) expect(JSON.stringify(purchase)).not.toContain('secret')
})

it('X148: two commands are two sellers, by their arguments and their folder', async () => {
  const servers = [
    { command: 'npx', args: ['-y', 'weather-mcp'] },
    { command: 'npx', args: ['-y weather-mcp'] },
    { command: 'npx', args: ['-y', 'weather-mcp'], cwd: '/srv' },
    { command: 'npx' }
  ]
  const hosts = await Promise.all(servers.map(async (server) => (await serverUrl(server)).host))
  expect(new Set(hosts).size).toBe(servers.length)
  expect((await serverUrl({ command: 'npx', args: [] })).host).toBe(hosts[3])
})

it('a server over WebSockets is known by the same address over HTTP', async () => {
  expect(String(await serverUrl('wss://mcp.example.com/mcp'))).toBe('https://mcp.example.com/mcp')
  expect(String(await serverUrl('ws://127.0.0.1:1/mcp'))).toBe('http://127.0.0.1:1/mcp')
})

it('X153: two tools of one server share its limits, also at once', async () => {
  const limits = { payment: '0.05', total: '1', hosts: { 'mcp.example.com': { day: '0.02' } } }
  const { paying, signed } = await paidTools(payable, { bursar: { limits } })
  const names = ['one', 'two', 'three', 'four']
  const calls = await Promise.allSettled(names.map((name) => paying.callTool({ name, arguments: {} })))
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(signed()).toBe(2)
})

it('an insecure address of another machine is never paid', async () => {
  const { paying, purchases } = await paidTools(payable, { server: 'http://mcp.example.com/mcp' })
  await expect(paying.callTool({ name: 'report' })).rejects.toThrow('plain http')
  expect(await purchases()).toEqual([])
})
