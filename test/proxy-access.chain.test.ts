import { request } from 'node:http'
import { stackTest } from '@bursar/gateway/vitest'
import OpenAI from 'openai'
import { describe, expect } from 'vitest'
import { BASE, model, proxyOn, say, TOKEN } from './proxy-on.js'

const test = stackTest({ gateway: { katana: { generationMs: 50 } } })

describe('agents', () => {
  test('share a wallet and have budgets of their own, which no request can change', async ({ stack }) => {
    const agents = [
      { name: 'poor', token: 'token-of-the-poor', limits: { payment: '0.01' } },
      { name: 'spent', token: 'token-of-the-spent', limits: { total: '0.001' } },
      { name: 'rich', token: 'token-of-the-rich' }
    ]
    const { proxy, purchases } = await proxyOn(stack, { agents })
    const as = (apiKey: string) => new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey, maxRetries: 2 })
    const asked = { ...say('money'), max_tokens: 4000, bursar: { limits: { payment: '9' } } }
    await expect(as('token-of-the-spent').chat.completions.create(asked)).rejects.toMatchObject({
      status: 402,
      code: 'offer/over-limit',
      message: expect.stringContaining('Nothing was signed')
    })
    await expect(
      as('token-of-the-poor').images.generate({ model: 'gpt-image-2', prompt: 'A mug', size: '1024x1024' })
    ).rejects.toMatchObject({ status: 402, code: 'offer/over-limit' })
    expect((await as('token-of-the-rich').chat.completions.create(asked)).choices).toHaveLength(1)
    expect(await purchases()).toEqual([`rich ${model} ${BASE} settled`])
  })

  test('never resume each other’s payments: what one has paid for and lost, another pays for', async ({
    stack
  }) => {
    const agents = [
      { name: 'a', token: 'the-token-of-agent-a' },
      { name: 'b', token: 'the-token-of-agent-b' }
    ]
    const { proxy, purchases } = await proxyOn(stack, { agents, resend: { times: 0 } })
    const ask = (token: string) =>
      new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: token, maxRetries: 0 }).chat.completions.create(
        say('mine')
      )
    stack.gateway.faults.next('answer-lost-after-settling', { times: 1 })
    await expect(ask('the-token-of-agent-a')).rejects.toMatchObject({ status: 502 })
    expect((await ask('the-token-of-agent-b')).choices).toHaveLength(1)
    expect((await ask('the-token-of-agent-a')).choices).toHaveLength(1)
    expect((await purchases()).sort()).toEqual([`a ${model} ${BASE} settled`, `b ${model} ${BASE} settled`])
  })

  test('with a service that bills an account are held to them as well, and stream natively', async ({
    stack
  }) => {
    const { OPENCLAW_API_KEY: apiKey, OPENCLAW_URL: baseUrl } = stack.env
    const { openai, anthropic, ledger } = await proxyOn(stack, {
      service: { name: 'openclaw', apiKey, baseUrl },
      agents: [{ name: 'default', token: TOKEN, limits: { total: '0.01' } }]
    })
    const messages = [{ role: 'user' as const, content: 'Reply with exactly: native' }]
    const asked = { model: 'claude-sonnet-4-6', max_tokens: 100, messages }
    expect((await openai.chat.completions.create(asked)).choices[0]?.message.content).toBe('native')
    expect((await anthropic.messages.stream(asked).finalMessage()).content).toMatchObject([
      { text: 'native' }
    ])
    await expect(anthropic.messages.create({ ...asked, max_tokens: 10_000 })).rejects.toMatchObject({
      status: 402
    })
    const entries: string[] = []
    for await (const { labels, state } of ledger.history()) entries.push(`${labels.agent} ${state}`)
    expect(entries).toEqual(['default settled', 'default settled'])
  })
})

describe('who is not let in', () => {
  const paths = ['/v1/chat/completions', '/v1/images/generations', '/v1/models', '/'] as const

  test('gets nothing and costs nothing: no token, another Host, a page', async ({ stack }) => {
    const { proxy, purchases } = await proxyOn(stack)
    const before = stack.gateway.requests.length
    const { port } = new URL(proxy.url)
    const token = { authorization: `Bearer ${TOKEN}` }
    const cases: [Record<string, string>, number][] = [
      [{}, 401],
      [{ authorization: 'Bearer wrong' }, 401],
      [{ 'x-api-key': '' }, 401],
      [{ ...token, host: `evil.example:${port}` }, 403],
      [{ ...token, host: '127.0.0.1' }, 403],
      [{ ...token, origin: 'https://evil.example' }, 403],
      [{ ...token, origin: 'null' }, 403],
      [{ ...token, origin: proxy.url }, 403],
      [{ ...token, 'sec-fetch-site': 'cross-site' }, 403]
    ]
    for (const path of paths)
      for (const [headers, status] of cases)
        expect(await statusOf(`${proxy.url}${path}`, headers), JSON.stringify(headers)).toBe(status)
    expect(await purchases()).toEqual([])
    expect(stack.gateway.requests).toHaveLength(before)
  })

  test('is a client that sends too much, too much at once, or no JSON', async ({ stack }) => {
    const { post, proxy, openai } = await proxyOn(stack, { maxBodyBytes: 1000, maxConcurrent: 1 })
    expect((await post({ ...say('x'), filler: 'x'.repeat(1000) })).status).toBe(400)
    const headers = { authorization: `Bearer ${TOKEN}` }
    const url = `${proxy.url}/v1/chat/completions`
    const form = { method: 'POST', headers, body: new URLSearchParams('a=b') }
    expect((await fetch(url, form)).status).toBe(415)
    const json = { ...headers, 'content-type': 'application/json' }
    for (const body of ['', '[]', 'nonsense', '"text"'])
      expect((await fetch(url, { method: 'POST', headers: json, body })).status).toBe(400)
    expect((await fetch(url, { headers: json })).status).toBe(405)
    expect((await post({}, {}, '/v1/embeddings')).status).toBe(404)
    stack.gateway.faults.next('slow', { times: 1 })
    const both = await Promise.all([post(say('one')), post(say('two'))])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429])
    await expect(openai.chat.completions.create({ ...say('x'), model: 'x' })).rejects.toMatchObject({
      status: 400
    })
  })
})

function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers }
    })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.on('error', reject)
    asked.end('{}')
  })
}
