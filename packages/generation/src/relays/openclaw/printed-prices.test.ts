import { parseUsdc } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { bursarWith, limitedMeter } from '../../../test/meter.js'
import { answer, serve } from '../../../test/service.js'
import { createOpenClaw } from './openclaw.js'

const MILLION = 1_000_000

/** A client of a service that lists no prices, so that those of the documentation count. */
async function open() {
  const usage = { prompt_tokens: MILLION, completion_tokens: MILLION }
  const { url } = await serve(({ path }, response) =>
    path.startsWith('/api/')
      ? answer(response, {}, 404)
      : answer(response, { id: 'task_1', choices: [], data: [], usage })
  )
  const meter = limitedMeter()
  const openclaw = createOpenClaw(bursarWith(meter), { apiKey: 'sk-key', baseUrl: url })
  const charged = async (path: string, body: object) => {
    await openclaw.fetch(`${url}/v1${path}`, { method: 'POST', body: JSON.stringify(body) })
    return meter.calls[0]?.settled ?? meter.calls[0]?.held
  }
  return { charged }
}

describe('the prices that OpenClaw’s documentation prints', () => {
  it.each([
    ['claude-opus-4-7', '0.90', '4.50'],
    ['claude-opus-4-6', '0.90', '4.50'],
    ['claude-sonnet-4-6', '0.52', '2.60'],
    ['claude-haiku-4-5-20251001', '0.18', '0.90'],
    ['gemini-3-flash-preview', '0.40', '2.40'],
    ['gemini-3.1-flash-lite-preview', '0.20', '1.20'],
    ['gemini-3-pro-preview', '1.60', '9.60'],
    ['gemini-3.1-pro-preview', '1.60', '9.60'],
    ['gemini-3.1-flash-image-preview', '0.25', '40.00']
  ])('OpenClaw 70: a million tokens of %s cost $%s in and $%s out', async (model, input, output) => {
    const { charged } = await open()
    const cost = await charged('/chat/completions', { model, max_tokens: 100, messages: [] })
    expect(cost).toBe(parseUsdc(input) + parseUsdc(output))
  })

  it.each([
    ['gpt-image-1.5-vvip', '5', '32'],
    ['gpt-image-1-vvip', '5', '40']
  ])('OpenClaw 70: a million tokens of %s cost $%s in and $%s out', async (model, input, output) => {
    const { charged } = await open()
    const cost = await charged('/images/generations', { model, prompt: 'x' })
    expect(cost).toBe(parseUsdc(input) + parseUsdc(output))
  })

  it.each([
    ['gemini-3.1-flash-image', '/chat/completions', '0.05'],
    ['wan2.7-image', '/chat/completions', '0.027'],
    ['gpt-image-2', '/images/generations', '0.01'],
    ['gpt-image-2-vip', '/images/generations', '0.02'],
    ['doubao-seedream-5-0-260128', '/images/generations', '0.04'],
    ['doubao-seedream-4-5-251128', '/images/generations', '0.04'],
    ['doubao-seedream-5-0-lite-260128', '/images/generations', '0.04'],
    ['wan2.2-t2v-plus', '/video/generations', '0.02'],
    ['wan2.2-i2v-plus', '/video/generations', '0.02'],
    ['wan2.2-i2v-flash', '/video/generations', '0.02'],
    ['wan2.5-t2v-preview', '/video/generations', '0.04'],
    ['wan2.5-i2v-preview', '/video/generations', '0.04']
  ])('OpenClaw 70: a call of %s at %s costs $%s', async (model, path, usd) => {
    const { charged } = await open()
    expect(await charged(path, { model, prompt: 'x', messages: [] })).toBe(parseUsdc(usd))
  })

  it.each([
    ['wan2.6-t2v', {}, '0.290'],
    ['wan2.6-t2v', { resolution: '1080P', duration: 2 }, '0.200'],
    ['wan2.6-i2v', {}, '0.500'],
    ['wan2.6-i2v', { resolution: '720P' }, '0.290'],
    ['wan2.6-i2v-flash', { resolution: '720P' }, '0.0725'],
    ['wan2.6-i2v-flash', { resolution: '720P', audio: true }, '0.145'],
    ['wan2.6-i2v-flash', { resolution: '1080P', audio: true, duration: 10 }, '0.48']
  ])('OpenClaw 32, 35, 36 and 70: a video of %s with %j costs $%s', async (model, more, usd) => {
    const { charged } = await open()
    expect(await charged('/video/generations', { model, prompt: 'x', ...more })).toBe(parseUsdc(usd))
  })

  it.each([
    [1, '0.02'],
    [4, '0.08'],
    [undefined, '0.08']
  ])('OpenClaw 8 and 70: %s images of wan2.6-t2i cost $%s', async (n, usd) => {
    const { charged } = await open()
    expect(await charged('/images/generations', { model: 'wan2.6-t2i', prompt: 'x', n })).toBe(parseUsdc(usd))
  })
})
