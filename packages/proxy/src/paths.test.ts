import { describe, expect, it } from 'vitest'
import { newProxy, TOKEN } from '../test/new-proxy.js'

/** A proxy whose service is nowhere: what is answered here is answered without it. */
async function proxyAlone() {
  const { proxy } = await newProxy()
  return async (method: string, path: string, more: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...more.headers }
    const response = await fetch(`${proxy.url}${path}`, { method, ...more, headers })
    return { status: response.status, body: await response.json() }
  }
}

describe('a path that is not here', () => {
  it.each(['/v1/completions', '/v1/embeddings', '/v1/audio/speech', '/v1/moderations'])(
    'C41: %s is 404 in words that name what is here, in the API of who asks',
    async (path) => {
      const ask = await proxyAlone()
      const { status, body } = await ask('POST', path, { body: '{}' })
      expect(status).toBe(404)
      expect(body.error.message).toContain(`There is no ${path} here. There is POST /v1/chat/completions`)
      const anthropic = await ask('POST', path, {
        body: '{}',
        headers: { 'anthropic-version': '2023-06-01' }
      })
      expect(anthropic).toMatchObject({
        status: 404,
        body: { type: 'error', error: { type: 'not_found_error' } }
      })
    }
  )

  it('C41: one that is asked after says that it takes GET', async () => {
    const ask = await proxyAlone()
    for (const path of ['/v1/models', '/v1/models/gen'])
      for (const method of ['POST', 'DELETE'])
        expect(await ask(method, path)).toMatchObject({
          status: 405,
          body: { error: { message: `${path} takes GET` } }
        })
  })

  it('C40: a job that nobody here paid for is not told of, and its service is not asked', async () => {
    const ask = await proxyAlone()
    for (const path of ['/v1/generation-requests/job_1', '/v1/videos/job_1', '/v1/videos/job_1/content'])
      expect(await ask('GET', path)).toMatchObject({
        status: 404,
        body: { error: { message: expect.stringContaining('job_1') } }
      })
  })
})

describe('a malformed request', () => {
  const say = [{ role: 'user', content: 'Hi' }]
  const bodies: readonly (readonly [path: string, body: unknown, words: RegExp])[] = [
    ['chat/completions', { model: 'm', messages: 'Hi' }, /^messages must be a list/],
    ['chat/completions', { model: 'm', messages: {} }, /^messages must be a list/],
    ['chat/completions', { model: 'm', messages: [null] }, /^messages\[0\] must be an object/],
    ['chat/completions', { model: 'm', messages: [{ role: 'user', content: 5 }] }, /^messages\[0\]\.content/],
    [
      'chat/completions',
      { model: 'm', messages: [{ role: 'user', content: [5] }] },
      /^messages\[0\]\.content\[0\]/
    ],
    ['chat/completions', { model: 'm', messages: [{ content: 'Hi' }] }, /^messages\[0\]\.role/],
    ['chat/completions', { model: 'm', messages: say, tools: [null] }, /^tools\[0\] must be an object/],
    [
      'chat/completions',
      { model: 'm', messages: say, tools: [{ type: 'function' }] },
      /^tools\[0\]\.function\.name is required/
    ],
    [
      'chat/completions',
      { model: 'm', messages: say, tools: [{ type: 'function', name: 'f', parameters: {} }] },
      /^tools\[0\] has the form of \/v1\/responses: .* in tools\[0\]\.function/
    ],
    ['chat/completions', { model: 'm' }, /^messages is required/],
    ['chat/completions', { messages: say }, /^model is required/],
    ['chat/completions', { model: null, messages: say }, /^model is required/],
    ['chat/completions', { model: '', messages: say }, /^model is required/],
    ['chat/completions', { model: 5, messages: say }, /^model must be a text/],
    ['chat/completions', { model: 'm', messages: say, tools: 'all' }, /^tools must be a list/],
    ['responses', { model: 'm', input: 5 }, /^input must be a text or a list/],
    ['responses', { model: null, input: 'x' }, /^model is required/],
    ['images/generations', { prompt: 'x' }, /^model is required/],
    ['images/generations', { model: 'gen', prompt: 5 }, /^prompt is required/],
    ['images/edits', { model: 'gen', prompt: 'x' }, /^image is required/],
    ['images/edits', { model: 'gen', prompt: 'x', image: 5 }, /^image must be a file/]
  ]

  it('C33: is 400 with the name of the field, and no words of the interpreter', async () => {
    const ask = await proxyAlone()
    for (const [path, body, words] of bodies) {
      const answer = await ask('POST', `/v1/${path}`, { body: JSON.stringify(body) })
      const { message } = answer.body.error
      expect([answer.status, message], path).toEqual([400, expect.stringMatching(words)])
      expect(message).not.toMatch(/is not a function|Cannot|undefined|\[object/)
      expect(message).toMatch(/Nothing was paid$/)
    }
  })

  it('C35: is told what is allowed in its place, and not what a program in JavaScript may hand over', async () => {
    const ask = await proxyAlone()
    const model = 'claude-sonnet-4-6'
    for (const url of [
      'file:///tmp/cat.png',
      './cat.png',
      'http://example.com/cat.png',
      'no image at all',
      7
    ]) {
      const content = [{ type: 'image_url', image_url: { url } }]
      const body = JSON.stringify({ model, messages: [{ role: 'user', content }], max_tokens: 10 })
      const answer = await ask('POST', '/v1/chat/completions', { body })
      expect([answer.status, answer.body.error.message]).toEqual([
        400,
        expect.stringMatching(/^messages\[0\]\.content\[0\]\.image_url\.url.*Allowed: an HTTPS URL/)
      ])
      expect(answer.body.error.message).not.toMatch(/bytes|Blob|file\(/)
    }
  })

  it('C35: a part of a kind that no chat has is refused by its name, also in what a tool answers', async () => {
    const ask = await proxyAlone()
    // What LangChain 1.5.14 makes of a picture that a tool gave.
    const content = [
      { type: 'text', text: 'a picture' },
      { type: 'image', mimeType: 'image/png', data: 'iVBORw0KGgo=' }
    ]
    const call = { id: 'call_1', type: 'function', function: { name: 'show', arguments: '{}' } }
    const messages = [
      ...say,
      { role: 'assistant', content: '', name: 'model', tool_calls: [call] },
      { role: 'tool', content, name: 'show', tool_call_id: 'call_1' }
    ]
    for (const each of [messages, [{ role: 'user', content }]]) {
      const body = JSON.stringify({ model: 'qwen3-6-flash', stream: false, messages: each })
      const answer = await ask('POST', '/v1/chat/completions', { body })
      expect([answer.status, answer.body.error.message]).toEqual([
        400,
        expect.stringMatching(
          /^A part of a message cannot be "image"\. Allowed: text, image_url, .*Nothing was sent or paid/
        )
      ])
    }
  })

  it('C34: input without messages is sent to Responses', async () => {
    const ask = await proxyAlone()
    const { status, body } = await ask('POST', '/v1/chat/completions', { body: '{"model":"m","input":[]}' })
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('/v1/responses')])
  })
})
