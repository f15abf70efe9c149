import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { EVM_KEY, newProxy, TOKEN } from '../test/new-proxy.js'
import type { ProxyOptions } from './proxy-options.js'
import { startProxy } from './start-proxy.js'

describe('startProxy', () => {
  it('P24: names the option that is missing, and its values', async () => {
    const options = { evm: EVM_KEY, limits: { payment: '1' }, ledger: 'memory' } as const
    for (const service of [undefined, {}, { name: 'x' }])
      await expect(startProxy({ ...options, ...({ service } as object) } as ProxyOptions)).rejects.toThrow(
        /^service: \{ name \} is required, and name must be one of 'katana', 'openclaw'/
      )
  })

  it.each(['Bun', 'Deno'])('C51: says at its start that it does not run under %s', async (runtime) => {
    vi.stubGlobal(runtime, {})
    onTestFinished(() => void vi.unstubAllGlobals())
    await expect(newProxy()).rejects.toThrow(`under Node 20.19 or newer, and not under ${runtime}`)
  })

  it('rejects agents that are malformed, and a port that is taken', async () => {
    await expect(newProxy({ agents: [] })).rejects.toThrow(TypeError)
    await expect(newProxy({ agents: [{ name: 'a b', token: TOKEN }] })).rejects.toThrow('"a b"')
    const { proxy } = await newProxy()
    await expect(newProxy({ port: Number(new URL(proxy.url).port) })).rejects.toMatchObject({
      code: 'server/port-unavailable'
    })
  })

  it('says with what a program uses it, and stops once', async () => {
    const { proxy } = await newProxy()
    expect(await proxy.envFor('one')).toMatchObject({
      OPENAI_BASE_URL: `${proxy.url}/v1`,
      OPENAI_API_KEY: TOKEN,
      ANTHROPIC_BASE_URL: proxy.url,
      ANTHROPIC_API_KEY: TOKEN,
      ANTHROPIC_AUTH_TOKEN: TOKEN,
      CLAUDE_STREAM_IDLE_TIMEOUT_MS: '660000'
    })
    await expect(proxy.envFor('two')).rejects.toThrow('There is no agent "two"')
    await Promise.all([proxy.stop(), proxy.stop()])
    await expect(fetch(proxy.url)).rejects.toThrow()
  })
})

describe('the proxy', () => {
  it('lists models in the words of the client’s API', async () => {
    const { proxy } = await newProxy()
    const headers = { authorization: `Bearer ${TOKEN}` }
    const openai = await (await fetch(`${proxy.url}/v1/models`, { headers })).json()
    expect(openai).toMatchObject({ object: 'list' })
    const anthropic = { ...headers, 'anthropic-version': '2023-06-01' }
    expect(await (await fetch(`${proxy.url}/v1/models`, { headers: anthropic })).json()).toMatchObject({
      has_more: false
    })
  })

  it('M63: answers what its own reading rejects with 400, and says that nothing was paid', async () => {
    const { post, notes } = await newProxy()
    const wrong: [path: string, body: object][] = [
      ['/v1/chat/completions', {}],
      ['/v1/chat/completions', { model: 'm', messages: ['x'] }],
      ['/v1/responses', { model: 'm', input: 'x', background: true }],
      ['/v1/messages', { model: 'm', messages: [] }],
      ['/v1/images/generations', { model: 'gen' }],
      ['/v1/images/generations', { model: 'gen', prompt: 'x', n: 11 }],
      ['/v1/images/generations', { model: 'gen', prompt: 'x', n: 1.5 }],
      ['/v1/images/generations', { model: 'gen', prompt: 'x', size: 'big' }],
      ['/v1/images/generations', { model: 'gen', prompt: 'x', stream: true }],
      ['/v1/images/generations', { model: 'gen', prompt: 'x', response_format: 'png' }]
    ]
    for (const [path, body] of wrong) {
      const { status, headers } = await post(path, body)
      expect([status, headers.get('x-bursar-money')], `${path} ${JSON.stringify(body)}`).toEqual([
        400,
        'none'
      ])
    }
    expect(notes).toHaveLength(wrong.length)
    expect(notes[0]).toBe('one /v1/chat/completions 400')
  })

  it('rejects other paths, other methods and idempotency keys that are too long', async () => {
    const { proxy, post } = await newProxy()
    expect((await post('/v1/embeddings', {})).status).toBe(404)
    const headers = { authorization: `Bearer ${TOKEN}` }
    expect((await fetch(`${proxy.url}/v1/messages`, { headers })).status).toBe(405)
    const key = { 'idempotency-key': 'x'.repeat(201) }
    expect((await post('/v1/chat/completions', { model: 'm' }, key)).status).toBe(400)
  })

  it('P29: goes on where onAnswered rejects, and says so in a warning', async () => {
    const warned = once(process, 'warning')
    const { post } = await newProxy({ onAnswered: () => Promise.reject(new Error('mine')) as never })
    expect((await post('/v1/nothing', {})).status).toBe(404)
    expect(await warned).toMatchObject([{ message: 'Bursar called onAnswered, which failed: Error: mine' }])
    expect((await post('/v1/nothing', {})).status).toBe(404)
  })

  it('M59: counts requests by their heads, so that bodies that never end cannot fill the memory', async () => {
    const { proxy } = await newProxy()
    const { port } = new URL(proxy.url)
    const head =
      `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 15728640\r\n\r\n{'
    const answers = new Map<Socket, string>()
    const sockets = Array.from({ length: 60 }, () => {
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => {})
      socket.on('data', (data) => answers.set(socket, (answers.get(socket) ?? '') + data))
      socket.write(head)
      return socket
    })
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
    })
    const statuses = () => [...answers.values()].map((answer) => answer.slice(0, 12))
    await expect.poll(statuses).toEqual(Array.from({ length: 44 }, () => 'HTTP/1.1 429'))
  })
})
