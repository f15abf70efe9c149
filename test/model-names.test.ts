import { parseUsdc } from '@bursar/core'
import { createOpenClaw } from 'bursar/openclaw'
import { createTokenHub, type Price } from 'bursar/tokenhub'
import { describe, expect, it } from 'vitest'
import { relaysUnderLimits } from './relays.js'

/** The names of OpenClaw Token's documentation, by what is asked of them. */
const openclawNames = {
  text: [
    ...['claude-opus-4-7', 'claude-opus-4-6', 'claude-sonnet-4-6', 'claude-haiku-4-5-20251001'],
    ...['gpt5.4-plus', 'gpt-5.4-mini-plus', 'gpt-5.3-codex-plus', 'gpt-5.2-plus'],
    ...['gemini-3-flash-preview', 'gemini-3.1-flash-lite-preview', 'gemini-3-pro-preview'],
    'gemini-3.1-pro-preview'
  ],
  image: [
    ...['gemini-3.1-flash-image', 'gemini-3.1-flash-image-preview'],
    ...['gpt-image-1.5-vvip', 'gpt-image-1-vvip', 'gpt-image-2', 'gpt-image-2-vip'],
    ...['wan2.6-t2i', 'wan2.7-image'],
    ...['doubao-seedream-5-0-260128', 'doubao-seedream-4-5-251128', 'doubao-seedream-5-0-lite-260128']
  ],
  video: [
    ...['wan2.6-t2v', 'wan2.6-i2v', 'wan2.6-i2v-flash'],
    ...['wan2.2-t2v-plus', 'wan2.2-i2v-plus', 'wan2.2-i2v-flash', 'wan2.5-t2v-preview', 'wan2.5-i2v-preview']
  ]
} as const

async function openclaw() {
  const stand = await relaysUnderLimits('sk-local', { payment: '5', day: '100' }, undefined, { taskMs: 0 })
  const url = `${stand.gateway.url}/relays/openclaw`
  return { ...stand, url, openclaw: createOpenClaw(stand.bursar, { apiKey: 'sk-local', baseUrl: url }) }
}

const settledAs = (model: string) => [[model, 'settled', expect.any(BigInt)]]

describe('every model that OpenClaw’s documentation names', () => {
  it('OpenClaw 70: is in the list of the local stack, and nothing else is', async () => {
    const listed = await (await openclaw()).openclaw.models.list()
    expect([...listed].sort()).toEqual(Object.values(openclawNames).flat().sort())
    expect(listed).toHaveLength(31)
  })

  it.each(openclawNames.text)('OpenClaw 70: writes text: %s', async (model) => {
    const { openclaw: client, url, entries } = await openclaw()
    const messages = [{ role: 'user', content: 'Reply with exactly: here' }]
    const body = JSON.stringify({ model, max_tokens: 64, messages })
    const response = await client.fetch(`${url}/v1/chat/completions`, { method: 'POST', body })
    expect(await response.json()).toMatchObject({ model, choices: [{ message: { content: 'here' } }] })
    expect(await entries()).toEqual(settledAs(model))
  })

  it.each(openclawNames.image)('OpenClaw 70: makes images: %s', async (model) => {
    const { openclaw: client, entries } = await openclaw()
    // Names and items come from a list at run time, which types cannot follow.
    const job = await client.images.generate({ model, prompt: 'a cat' } as never)
    const { assets } = await job.result()
    expect(assets.length).toBe(model === 'wan2.7-image' ? 4 : 1)
    expect(await entries()).toEqual(settledAs(model))
  })

  it.each(openclawNames.video)('OpenClaw 70: makes videos: %s', async (model) => {
    const { openclaw: client, entries } = await openclaw()
    const frame = model.includes('-i2v') ? { firstFrame: 'https://a.example/cat.png' } : {}
    const job = await client.videos.generate({ model, prompt: 'a cat', ...frame })
    expect((await job.result()).assets).toMatchObject([{ kind: 'video' }])
    expect(await entries()).toEqual(settledAs(model))
  })
})

describe('every model that TokenHub’s documentation names', () => {
  const each = (unit: 'call' | 'image' | 'second', usd: string): Price => ({ unit, each: parseUsdc(usd) })
  const names = {
    'openai/gpt-4.1': each('call', '0.01'),
    'openai/gpt-5.4': each('call', '0.01'),
    'anthropic/claude-sonnet-4-6': each('call', '0.01'),
    'google/gemini-2.5-pro': each('call', '0.01'),
    'bytedance/doubao-seedream-5.0': each('image', '0.03'),
    'bytedance/doubao-seedance-2.0': each('second', '0.10')
  }

  it.each(Object.entries(names))('TokenHub 80: is served: %s', async (model, { unit }) => {
    const stand = await relaysUnderLimits('th-local', { payment: '5', day: '100' }, undefined, { taskMs: 0 })
    const url = `${stand.gateway.url}/relays/tokenhub`
    const tokenhub = createTokenHub(stand.bursar, { apiKey: 'th-local', baseUrl: url, prices: names })
    const listed = await tokenhub.fetch(`${url}/api/v1/models`)
    expect((await listed.json()).data.map(({ id }: { id: string }) => id)).toContain(model)
    if (unit === 'image') await (await tokenhub.images.generate({ model, prompt: 'x' })).result()
    else if (unit === 'second') await (await tokenhub.videos.generate({ model, prompt: 'x' })).result()
    else {
      const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }] })
      const reply = await tokenhub.fetch(`${url}/api/v1/chat/completions`, { method: 'POST', body })
      expect(await reply.json()).toMatchObject({ model })
    }
    expect(await stand.entries()).toEqual(settledAs(model))
  })
})
