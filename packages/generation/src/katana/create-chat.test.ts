import { describe, expect, it } from 'vitest'
import { openKatana as open } from '../../test/katana.js'
import { completion, hello } from '../../test/katana-chat.js'
import { dataUrl, png } from '../../test/samples.js'
import { answer } from '../../test/service.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import type { ChatBody } from './chat-body.js'
import { checkChat } from './rules/chat-rules.js'

const rules = (body: ChatBody): string[] =>
  checkChat(body, katanaCatalogue).map(({ field, rule }) => `${field}: ${rule}`)

describe('a field that is nearly a known one', () => {
  it.each([
    ['max_token', 'max_tokens'],
    ['maxTokens', 'max_tokens'],
    ['temprature', 'temperature'],
    ['message', 'messages'],
    ['promt', 'prompt'],
    ['stream_option', 'stream_options'],
    ['response_formt', 'response_format']
  ])('is rejected before anything is sent, and named: %s', async (name, meant) => {
    const { katana, arrivals } = await open((_, response) => answer(response, completion))
    const body = { ...hello, [name]: 1 }
    await expect(katana.chat.completions.create(body)).rejects.toMatchObject({
      code: 'request/invalid',
      moneyState: 'none',
      message: expect.stringContaining(`There is no field "${name}", and ${meant} is nearly the same`)
    })
    expect(arrivals).toEqual([])
    await katana.chat.completions.create(body, { validate: false })
    expect(arrivals[0]?.json).toHaveProperty(name, 1)
  })

  it.each(['top_k', 'min_p', 'min_tokens', 'reasoning', 'brand_new_option', 'x'])(
    'is not %s, which is sent as it is',
    async (name) => {
      const { katana, arrivals } = await open((_, response) => answer(response, completion))
      await katana.chat.completions.create({ ...hello, [name]: 1 })
      expect(arrivals[0]?.json).toHaveProperty(name, 1)
    }
  )
})

describe.each(katanaCatalogue.texts)('text model $name', (model) => {
  const attach = (type: string, more: object): ChatBody => ({
    model: model.name,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type, ...more }
        ]
      }
    ]
  })
  const parts = [
    ['image', attach('image_url', { image_url: { url: 'https://example.com/a.png' } })],
    ['audio', attach('input_audio', { input_audio: { data: '', format: 'wav' } })],
    ['file', attach('file', { file: {} })],
    ['video', attach('video_url', { video_url: { url: 'https://example.com/a.mp4' } })]
  ] as const

  it('is let through within its rules', () => {
    expect(rules({ ...hello, model: model.name, max_tokens: model.maxOutputTokens ?? 1_000_000 })).toEqual([])
    for (const [kind, body] of parts) if (model.reads.includes(kind)) expect(rules(body)).toEqual([])
  })

  it('Katana 88 and 89: is rejected against each rule that binds it', () => {
    for (const [kind, body] of parts) {
      if (!model.reads.includes(kind))
        expect(rules(body)).toEqual(['messages[0].content[1]: input_unsupported'])
    }
    if (model.maxOutputTokens !== undefined) {
      const beyond = { ...hello, model: model.name, max_completion_tokens: model.maxOutputTokens + 1 }
      expect(rules(beyond)).toEqual(['max_completion_tokens: max_tokens'])
    }
    expect(rules({ model: model.name, messages: [] })).toEqual(['messages: messages_missing'])
  })
})

describe('what a chat may hold', () => {
  const withImage = (url: unknown): ChatBody => ({
    model: 'grok-4-3',
    messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }]
  })

  it('Katana 75: a prompt does instead of messages', () => {
    expect(rules({ model: 'grok-4-3', prompt: 'Hi' })).toEqual([])
    expect(rules({ model: 'grok-4-3' })).toEqual(['messages: messages_missing'])
  })

  it('Katana 86: images are HTTPS URLs, data URLs or base64', () => {
    for (const url of [
      'https://example.com/a.png',
      dataUrl('image/png', png()),
      Buffer.from(png()).toString('base64')
    ])
      expect(rules(withImage(url))).toEqual([])
    for (const url of ['http://example.com/a.png', 'file:///a.png', './a.png', undefined])
      expect(rules(withImage(url))).toHaveLength(1)
  })

  it.each([0, -1, 1.5, Number.NaN, 1e99])('rejects max_tokens of %d', (max_tokens) => {
    expect(rules({ ...hello, max_tokens })).toEqual(['max_tokens: max_tokens'])
  })

  it('lets a model through that it does not know', () => {
    expect(rules({ ...hello, model: 'brand-new' })).toEqual([])
  })
})

describe('asking for text', () => {
  it('sends the body as it is and hands the answer on', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, completion))
    const body = { ...hello, tools: [{ type: 'function' }], response_format: { type: 'json_object' } }
    const reply = await katana.chat.completions.create(body)
    expect(arrivals[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions', json: body })
    expect(reply.choices[0]?.message.content).toBe('Hello')
    expect(reply.usage?.imgnai?.credits_charged).toBe('0.1')
  })

  it('rejects what breaks a rule, and sends nothing', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, completion))
    await expect(katana.chat.completions.create({ ...hello, max_tokens: 0 })).rejects.toMatchObject({
      code: 'request/invalid',
      moneyState: 'none'
    })
    expect(arrivals).toEqual([])
    await katana.chat.completions.create({ ...hello, max_tokens: 0 }, { validate: false })
    expect(arrivals).toHaveLength(1)
  })

  it.each([{}, { choices: [] }, { choices: ['x'] }, { choices: [{ text: 'x' }] }])(
    'says that it does not understand %j',
    async (body) => {
      const { katana } = await open((_, response) => answer(response, body))
      await expect(katana.chat.completions.create(hello)).rejects.toMatchObject({
        code: 'service/answer-malformed'
      })
    }
  )
})

describe('images of a chat', () => {
  const withImage = (url: unknown) => ({
    ...hello,
    max_tokens: 16,
    messages: [{ role: 'user' as const, content: [{ type: 'image_url', image_url: { url, detail: 'low' } }] }]
  })
  const sent = (url: string) => ({ messages: [{ content: [{ image_url: { url, detail: 'low' } }] }] })

  it('S17: are sent as data URLs where they are bytes, Blobs or files', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, completion))
    const bytes = png() as Uint8Array<ArrayBuffer>
    const lazy = { read: async () => bytes }
    for (const url of [bytes, new Blob([bytes]), lazy, dataUrl('image/png', bytes)]) {
      const asked = withImage(url)
      await katana.chat.completions.create(asked)
      expect(asked.messages[0]?.content[0]?.image_url.url).toBe(url)
    }
    expect(arrivals).toHaveLength(4)
    for (const { json } of arrivals) expect(json).toMatchObject(sent(dataUrl('image/png', bytes)))
  })

  it('S17: of anything else are rejected, by what is accepted', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, completion))
    for (const url of [{}, 7, null, new Blob(['no image'])])
      await expect(katana.chat.completions.create(withImage(url))).rejects.toMatchObject({
        code: 'request/invalid',
        message: expect.stringContaining('bytes, a Blob or file(path)')
      })
    expect(arrivals).toEqual([])
  })
})
