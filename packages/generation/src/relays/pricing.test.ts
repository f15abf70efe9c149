import type { JsonObject } from '@bursar/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bursarWith, limitedMeter } from '../../test/meter.js'
import { type Arrival, answer, serve } from '../../test/service.js'
import { tokenPrice } from '../shared/metering/price.js'
import { createOpenClaw } from './openclaw/openclaw.js'
import { createTokenhot } from './tokenhot/tokenhot.js'
import { createTokenHub } from './tokenhub/tokenhub.js'

const prices = { cheap: tokenPrice('0.1', '0.1'), dear: tokenPrice('1000', '1000') }
const tokenhot = { name: 'tokenhot', open: createTokenhot, apiKey: 'key', apiPath: '/v1' }
const relays = [
  { name: 'openclaw', open: createOpenClaw, apiKey: 'sk-key', apiPath: '/v1' },
  tokenhot,
  { name: 'tokenhub', open: createTokenHub, apiKey: 'th-key', apiPath: '/api/v1' }
]

/** A relay on a port of its own, under a limit of one payment. */
async function open(
  { open: create, apiKey, apiPath }: (typeof relays)[number],
  limit = '0.05',
  options = {}
) {
  const meter = limitedMeter(limit)
  const { url, arrivals } = await serve((arrival, response) => answer(response, billed(arrival)))
  const relay = create(bursarWith(meter), { apiKey, baseUrl: url, prices, ...options })
  const send = (body: string, path = '/chat/completions') =>
    relay.fetch(`${url}${apiPath}${path}`, { method: 'POST', body })
  return { relay, meter, send, url, arrivals }
}

/** Reads keys in any letter case, the last wins, as Go does; writes all that it may; a token is a byte. */
function billed({ text, json }: Arrival): JsonObject {
  const last = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]))
  const count = (name: string): number => Number(last.get(name) ?? 0)
  const output = count('max_tokens') || count('max_completion_tokens') || 1_000_000
  const completion_tokens = output * (count('n') || 1)
  return { model: String(last.get('model')), usage: { prompt_tokens: text.length, completion_tokens } }
}

describe.each(relays)('a call to $name', (service) => {
  it.each([
    ['M34', '{"model":"cheap","max_tokens":16,"Model":"dear"}'],
    ['M34', '{"model":"cheap","max_tokens":16,"model":"dear"}'],
    ['M35', '{"model":"cheap","max_tokens":16,"Max_Tokens":900000}'],
    ['M35', '{"model":"cheap","Max_Tokens":900000}'],
    ['M35', '{"model":"cheap","max_tokens":16,"N":900000}']
  ])('%s: is not sent with fields that can be taken for others: %s', async (_, body) => {
    const { send, arrivals, meter } = await open(service)
    await expect(send(body)).rejects.toMatchObject({ code: 'request/invalid', moneyState: 'none' })
    expect([arrivals, meter.calls]).toEqual([[], []])
  })

  it('limits an answer that its request does not limit, and says so in the request', async () => {
    const { name } = service
    const { send, arrivals, meter } = await open(service)
    await send('{"model":"cheap", "seed":12345678901234567890}')
    expect(arrivals[0]?.text).toBe('{"max_tokens":16384,"model":"cheap", "seed":12345678901234567890}')
    const own = await open(service, '0.05', { maxOutputTokens: 100 })
    await own.send('{"model":"cheap","max_tokens":null}')
    expect(own.arrivals[0]?.json).toEqual({ model: 'cheap', max_tokens: 100 })
    expect([meter.calls[0]?.settled, own.meter.calls[0]?.settled]).toEqual(
      name === 'tokenhub' ? [1645n, 14n] : [1646n, 14n]
    )
  })

  it('M35: is never billed above what was held for it', async () => {
    const { send, meter } = await open(service, '1000')
    const names = fc.constantFrom('max_tokens', 'Max_Tokens', 'max_completion_tokens', 'n', 'N', 'x', 'X')
    const entries = fc.array(fc.tuple(names, fc.integer({ min: 1, max: 1000 })), { maxLength: 4 })
    const body = fc.record({ entries, content: fc.string({ unit: 'binary', maxLength: 200 }) })
    await fc.assert(
      fc.asyncProperty(body, async ({ entries, content }) => {
        const fields = [...entries.map(([name, value]) => `"${name}":${value},`), '"model":"cheap",']
        await send(
          `{${fields.join('')}"messages":[{"role":"user","content":${JSON.stringify(content)}}]}`
        ).catch((error: unknown) => expect(error).toMatchObject({ code: 'request/invalid' }))
        for (const { held, settled } of meter.calls) expect(settled).toBeLessThanOrEqual(held)
      }),
      { numRuns: 25 }
    )
    expect(meter.calls.length).toBeGreaterThan(0)
  })

  it('is not sent when a tool of the service has a fee of its own', async () => {
    const { send, arrivals } = await open(service)
    for (const tools of [[{ type: 'web_search_preview' }], [{ googleSearch: {} }], [{ type: 'mcp' }]])
      await expect(send(JSON.stringify({ model: 'cheap', max_tokens: 1, tools }))).rejects.toMatchObject({
        code: 'price/unknown'
      })
    expect(arrivals).toEqual([])
    const tools = [
      { type: 'function', function: {} },
      { name: 'f', input_schema: {} },
      { functionDeclarations: [] }
    ]
    await send(JSON.stringify({ model: 'cheap', max_tokens: 1, tools }))
    expect(arrivals).toHaveLength(1)
  })

  it('has no price by a name that every object has', async () => {
    const { send } = await open(service)
    await expect(send('{"model":"constructor","max_tokens":1}')).rejects.toMatchObject({
      code: 'price/unknown'
    })
  })

  it('is priced whatever its method, unless that only asks', async () => {
    const { relay, url } = await open(service)
    await expect(
      relay.fetch(`${url}${service.apiPath}/x`, { method: 'PUT', body: '{}' })
    ).rejects.toMatchObject({ code: 'price/unknown' })
  })
})

it('S33: a model that the service does not list has the price that its documentation prints', async () => {
  const service = relays.find(({ name }) => name === 'openclaw') ?? tokenhot
  const { send, meter } = await open(service, '1')
  await send('{"model":"gemini-3.1-flash-image","max_tokens":1}')
  expect(meter.calls[0]?.held).toBe(50_000n)
})

describe('a fetch of a relay', () => {
  it('S31: takes what fetch takes', async () => {
    const { relay, url, arrivals, meter } = await open(tokenhot, '1')
    const address = `${url}/v1/chat/completions`
    const init = { method: 'POST', body: '{"model":"cheap","max_tokens":1}' }
    await relay.fetch(`${url}/v1/models`)
    await relay.fetch(new URL(`${url}/v1/models`))
    await relay.fetch(new Request(`${url}/v1/models`))
    await relay.fetch(new Request(address, init))
    await relay.fetch(new Request(address), init)
    const form = new FormData()
    form.append('model', 'cheap')
    await relay.fetch(new Request(`${url}/v1/audio/transcriptions`, { method: 'POST', body: form }))
    expect(arrivals.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST', 'POST', 'POST'])
    expect(meter.calls.map(({ model }) => model)).toEqual(['cheap', 'cheap', 'cheap'])
    expect(arrivals[3]?.headers['content-type']).toMatch(/^text\/plain/)
    expect(arrivals[5]?.text).toContain('name="model"')
  })
})

describe('the model of a call', () => {
  it('M34: is the one of the path, where that names one', async () => {
    const { relay, url, meter, arrivals } = await open(tokenhot, '1')
    const post = (model: string) =>
      relay.fetch(`${url}/v1beta/models/${model}:generateContent`, {
        method: 'POST',
        body: '{"model":"cheap"}'
      })
    await post('cheap')
    await expect(post('dear')).rejects.toMatchObject({ code: 'offer/over-limit' })
    await expect(post('de%61r')).rejects.toMatchObject({ code: 'offer/over-limit' })
    expect(meter.calls.map(({ model }) => model)).toEqual(['cheap'])
    expect(arrivals[0]?.json).toEqual({ generationConfig: { maxOutputTokens: 16_384 }, model: 'cheap' })
  })
})

it('a call to a path where no limit is known to hold has no price by tokens', async () => {
  const { send, arrivals } = await open(tokenhot, '1')
  for (const path of [
    '/chat/completions/',
    '//chat/completions',
    '/Chat/completions',
    '/engines/x/completions'
  ])
    await expect(send('{"model":"cheap","max_tokens":1}', path)).rejects.toMatchObject({
      code: 'price/unknown'
    })
  expect(arrivals).toEqual([])
  await send('{"model":"cheap"}', '/messages/count_tokens')
  await send('{"model":"cheap"}', '/embeddings')
  expect(arrivals.map(({ json }) => json)).toEqual([{ model: 'cheap' }, { model: 'cheap' }])
})

describe('videos whose second has a price', () => {
  const second = { unit: 'second', each: 100n } as never

  it.each([
    ['openclaw', '/video/generations', { duration: 4 }, 400n],
    ['openclaw', '/video/generations', {}, 500n],
    ['tokenhot', '/video/generations', { parameters: { duration: 6 } }, 600n],
    ['tokenhot', '/video/generations', {}, 1500n],
    ['tokenhub', '/videos/generations', { duration: 7, n: 2 }, 1400n],
    ['tokenhub', '/videos/generations', { duration: 'long' }, 1500n]
  ])('are held at %s for each second: %s %j', async (name, path, body, held) => {
    const service = relays.find((each) => each.name === name) ?? tokenhot
    const { send, meter } = await open(service, '1', { prices: { video: second } })
    await send(JSON.stringify({ model: 'video', ...body }), path)
    expect(meter.calls[0]?.held).toBe(held)
  })

  it('count the highest of the numbers that a request gives', async () => {
    const { send, meter } = await open(tokenhot, '1', { prices: { wan: { unit: 'image', each: 100n } } })
    await send('{"model":"wan","n":1,"parameters":{"n":2,"max_images":4}}', '/images/generations')
    expect(meter.calls[0]?.held).toBe(400n)
  })
})
