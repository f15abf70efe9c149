import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { pricedForm, pricedJson } from './priced-request.js'
import { tokenBound } from './token-bound.js'

const CHAT = '/chat/completions'
const long = 'x'.repeat(100_000)

const boundOf = (body: JsonObject, path = CHAT) => tokenBound(pricedJson(path, { max_tokens: 1, ...body }))
const inputOf = (part: JsonObject): number => boundOf({ messages: [{ role: 'user', content: [part] }] }).input

describe('the most tokens that a request can be billed for', () => {
  it('counts an image as what an image can be, by a URL or as it is', () => {
    for (const part of [
      { type: 'image_url', image_url: { url: 'https://a.example/a.png' } },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${long}` } },
      { type: 'input_image', image_url: `data:image/png;base64,${long}` },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: long } },
      { type: 'image', source: { type: 'url', url: 'https://a.example/a.png' } },
      { inlineData: { mimeType: 'image/png', data: long } },
      { image: `data:image/png;base64,${long}` }
    ]) {
      const about = JSON.stringify(part).slice(0, 80)
      expect(inputOf(part), about).toBeGreaterThan(16_384)
      expect(inputOf(part), about).toBeLessThan(16_384 + 600)
    }
  })

  it('counts documents, audio and text by their bytes at least, under whatever name they come', () => {
    for (const part of [
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: long } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: long } },
      { type: 'input_audio', input_audio: { data: long, format: 'wav' } },
      { type: 'image_url', image_url: { url: long } },
      { inlineData: { mimeType: 'application/pdf', data: long } },
      { inlineData: { mimeType: 'audio/wav', data: long } },
      { type: 'text', text: long },
      { type: 'text', text: `data:image/png;base64,${long}` }
    ])
      expect(inputOf(part), JSON.stringify(part).slice(0, 80)).toBeGreaterThanOrEqual(100_000)
  })

  it.each<[string, JsonObject]>([
    ['a PDF', { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'x' } }],
    ['a document by URL', { type: 'document', source: { type: 'url', url: 'https://a.example/a.pdf' } }],
    ['a file by its id', { type: 'file', file: { file_id: 'file-1' } }],
    ['a file by its URL', { type: 'input_file', file_url: 'https://a.example/a.pdf' }],
    ['a video', { type: 'video_url', video_url: { url: 'https://a.example/a.mp4' } }],
    ['Gemini’s file', { fileData: { fileUri: 'https://a.example/a.mp4', mimeType: 'video/mp4' } }],
    ['a kind that is not known', { type: 'hologram', url: 'https://a.example/a' }]
  ])('counts %s as all that a model can read, since its length says nothing', (_, part) => {
    const body = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: [part] }] }
    expect(tokenBound(pricedJson(CHAT, body)).input).toBe(2_097_152)
    expect(tokenBound(pricedJson(CHAT, body), 128_000).input).toBe(128_000)
  })

  it.each<[string, JsonObject]>([
    ['a conversation', { previous_response_id: 'resp_1', input: 'Go on' }],
    ['a stored prompt', { prompt: { id: 'pmpt_1' }, input: 'Go on' }],
    ['a cache', { cachedContent: 'cachedContents/1', contents: [] }]
  ])('counts %s that the service keeps as all that a model can read', (_, body) => {
    expect(boundOf(body, '/responses').input).toBe(2_097_152)
  })

  it.each(['additional_tools', 'tool_search_call', 'tool_search_output'])(
    'counts tools that Codex brings in an item %s by their bytes, and not as what nothing is known of',
    (type) => {
      const tools = [{ type: 'function', name: 'f', description: long }]
      const { input } = boundOf({ input: [{ type, tools, arguments: {} }] }, '/responses')
      expect([input > 100_000, input < 200_000]).toEqual([true, true])
    }
  )

  it.each<[string, JsonObject]>([
    ['a tool', { tools: [{ type: 'function', function: { name: 'f', description: long } }] }],
    ['a picture that a tool describes', { tools: [{ image_url: `data:image/png;base64,${long}` }] }],
    ['a role', { messages: [{ role: long, content: '' }] }],
    ['a name of a field', { messages: [{ [long]: 1 }] }],
    ['a schema', { response_format: { type: 'json_schema', json_schema: { description: long } } }],
    ['reasoning', { messages: [{ role: 'assistant', content: '', reasoning_content: long }] }],
    [
      'calls of tools',
      { messages: [{ role: 'assistant', tool_calls: [{ function: { arguments: long } }] }] }
    ],
    ['a system prompt', { system: [{ type: 'text', text: long }] }]
  ])('counts %s by its bytes', (_, body) => {
    expect(boundOf(body).input).toBeGreaterThan(100_000)
  })

  it('M36: counts a token for each byte, and not for each fourth character', () => {
    const { input } = boundOf({ messages: [{ role: 'user', content: '汉'.repeat(100_000) }] })
    expect(input).toBeGreaterThan(300_000)
  })

  it('is never more than what a model reads', () => {
    const request = pricedJson(CHAT, { max_tokens: 1, messages: [{ role: 'user', content: long }] })
    expect(tokenBound(request, 4096).input).toBe(4096)
  })

  it.each<[string, JsonObject, number]>([
    [CHAT, { n: 3, max_tokens: 10 }, 30],
    [CHAT, { max_tokens: 10, max_completion_tokens: 20 }, 20],
    [CHAT, { max_tokens: null, max_completion_tokens: 20 }, 20],
    ['/completions', { n: 2, best_of: 5, max_tokens: 10 }, 50],
    ['/responses', { max_tokens: null, max_output_tokens: 30 }, 30],
    ['/messages', { max_tokens: 40 }, 40],
    [
      '/v1beta/models/gemini:generateContent',
      { generationConfig: { maxOutputTokens: 7, candidateCount: 2 } },
      14
    ]
  ])('M37: counts every answer that %s writes, each up to its limit', (path, body, output) => {
    const answers = boundOf({ n: null, best_of: null, ...body }, path)
    expect(answers.output).toBe(output)
  })

  it('believes no limit where none is known to hold', () => {
    for (const [path, body] of [
      ['/images/generations', { max_tokens: 1 }],
      ['/chat/completions/', { max_tokens: 1 }],
      [CHAT, { max_tokens: null, max_output_tokens: 1 }],
      ['/responses', { max_tokens: 1 }]
    ] as const)
      expect(boundOf(body, path).output, path).toBe(16_384)
  })

  it.each([0, -1, 1.5, '16', true, 1e20])('rejects %s as a limit, since it cannot be priced', (limit) => {
    expect(() => boundOf({ max_tokens: limit })).toThrow(/max_tokens is .* Allowed: a whole number above 0/)
    expect(() => boundOf({ n: limit })).toThrow(/n is /)
  })

  it('counts the files of a form, by their kind', () => {
    const form = new FormData()
    form.append('model', 'm')
    form.append('image', new Blob(['x'], { type: 'image/png' }))
    const { input } = tokenBound(pricedForm('/images/edits', form))
    expect(input).toBeGreaterThan(16_384)
    form.append('file', new Blob([long], { type: 'audio/wav' }))
    expect(tokenBound(pricedForm('/audio/transcriptions', form)).input - input).toBe(100_000)
    form.append('file', new Blob(['x']))
    expect(tokenBound(pricedForm('/images/edits', form)).input).toBeLessThan(100_000)
    form.append('file', new Blob(['x'], { type: 'application/pdf' }))
    expect(tokenBound(pricedForm('/x', form)).input).toBeGreaterThan(2_097_152)
  })
})
