import { createOpenAI } from '@ai-sdk/openai'
import { type Gateway, startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { startProxy } from '@bursar/proxy'
import { generateImage } from 'ai'
import OpenAI from 'openai'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const [TOKEN, OTHER] = ['a-token-of-the-tests', 'another-token-of-the-tests']
let gateway: Gateway
beforeAll(async () => {
  gateway = await startGateway({ base: stack.chain, katana: { generationMs: 100 } })
  return () => gateway.stop()
})

/** A proxy on Katana with two agents, and what was paid through it. */
async function proxied() {
  const { key, address } = await fundWallet(stack)
  const proxy = await startProxy({
    evm: key,
    rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
    limits: { payment: '2' },
    ledger: memoryLedger(),
    service: { name: 'katana', baseUrl: gateway.url },
    agents: [
      { name: 'default', token: TOKEN },
      { name: 'other', token: OTHER }
    ],
    port: 0
  })
  onTestFinished(() => proxy.stop())
  const baseURL = `${proxy.url}/v1`
  const call = async (path: string, body?: object, token = TOKEN) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const asked = body ? { method: 'POST', body: JSON.stringify(body) } : {}
    const response = await fetch(baseURL + path, { headers, ...asked })
    return { status: response.status, body: await response.json() }
  }
  const paid = () => stack.chain.authorizationsUsed(address)
  return { baseURL, call, paid, openai: new OpenAI({ baseURL, apiKey: TOKEN }) }
}

const mug = { model: 'gen', prompt: 'A mug' }

describe('images through the proxy', () => {
  it('C38: come as bytes from models whose clients read nothing else, and where bytes are asked for', async () => {
    const { openai, baseURL } = await proxied()
    const { data } = await openai.images.generate({ model: 'gpt-image-2', prompt: 'A mug' })
    expect(data?.[0]?.b64_json).toMatch(/^iVBOR/)
    const asked = await openai.images.generate({ ...mug, response_format: 'b64_json' })
    expect(Object.keys(asked.data?.[0] ?? {})).toEqual(['b64_json'])
    const model = createOpenAI({ baseURL, apiKey: TOKEN }).image('gpt-image-2')
    const { image } = await generateImage({ model, prompt: 'A mug' })
    expect(image.base64).toMatch(/^iVBOR/)
  })

  it('C37: are made as asked, with what Katana has of its own, and null is as good as absent', async () => {
    const { call } = await proxied()
    const own = { output_format: 'webp', negative_prompt: 'text', is_uhd: true, aspect_ratio: '16:9' }
    const nothing = {
      n: null,
      size: null,
      response_format: null,
      quality: 'auto',
      partial_images: 0,
      user: 'me'
    }
    const { status, body } = await call('/images/generations', { ...mug, ...own, ...nothing })
    expect([status, body.data]).toEqual([200, [{ url: expect.stringMatching(/webp/) }]])
  })

  it('C37: that cannot be made as asked are refused by name, and nothing is paid', async () => {
    const { call, paid } = await proxied()
    const before = await paid()
    const refused = {
      ...{ quality: 'high', background: 'transparent', style: 'vivid', output_compression: 50 },
      ...{ moderation: 'low', partial_images: 2, stream: true, output_format: 'gif', is_uhd: 'yes' }
    }
    for (const [name, value] of Object.entries(refused)) {
      const { status, body } = await call('/images/generations', { ...mug, [name]: value })
      expect([status, body.error.message], name).toEqual([400, expect.stringMatching(new RegExp(`^${name}`))])
    }
    expect(await paid()).toEqual(before)
  })

  it('C39: are edited by JSON too, as one URL or as a list', async () => {
    const { call, openai } = await proxied()
    const { data } = await openai.images.generate({ ...mug, response_format: 'b64_json' })
    const url = `data:image/png;base64,${data?.[0]?.b64_json}`
    const edit = { model: 'nano-banana', prompt: 'On a beach', size: 'auto' }
    for (const given of [{ image: url }, { images: [{ image_url: url }] }])
      expect(await call('/images/edits', { ...edit, ...given })).toMatchObject({
        status: 200,
        body: { data: [{ url: expect.any(String) }] }
      })
    const masked = await call('/images/edits', { ...edit, image: url, mask: { image_url: url } })
    expect([masked.status, masked.body.error.message]).toEqual([400, expect.stringContaining('mask')])
  })
})

it('C40: a job of Katana is polled by the agent that paid, and by no other', async () => {
  const { call, paid } = await proxied()
  const item = { type: 'image', model: 'gen', prompt: 'A mug', aspect_ratio: '1:1' }
  const { body: job } = await call('/generation-requests', { requests: [item] })
  const path = `/generation-requests/${job.request_id}`
  const before = await paid()
  expect(await call(path)).toMatchObject({ status: 200, body: { request_id: job.request_id } })
  expect(await call(path, undefined, OTHER)).toMatchObject({ status: 404 })
  expect(await paid()).toEqual(before)
})
