import { startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { type ProxyOptions, startProxy } from '@bursar/proxy'
import OpenAI, { toFile } from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const TOKEN = 'a-token-of-the-tests'
const relayKey = 'sk-relay'

/** OpenAI's own SDK on a proxy, and what was bought through it. */
async function sdk(service: 'katana' | 'openclaw' | 'tokenhot' = 'katana') {
  const gateway = await startGateway({
    base: stack.chain,
    katana: { generationMs: 300 },
    relays: { accounts: [{ key: relayKey, usd: '10' }] }
  })
  const { key, address } = await fundWallet(stack)
  const ledger = memoryLedger()
  const options: ProxyOptions['service'] =
    service === 'katana'
      ? { name: service, baseUrl: gateway.url }
      : { name: service, apiKey: relayKey, baseUrl: `${gateway.url}/relays/${service}` }
  const settings: ProxyOptions = {
    evm: key,
    rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
    limits: { payment: '2' },
    ledger,
    service: options,
    agents: [{ name: 'default', token: TOKEN }],
    port: 0
  }
  onTestFinished(() => gateway.stop())
  /** A proxy that is started again on the same ledger. */
  const start = async () => {
    const proxy = await startProxy(settings)
    onTestFinished(() => proxy.stop())
    return { proxy, openai: new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: TOKEN }) }
  }
  const bought = async () => {
    const rows: string[] = []
    for await (const { state, labels, kind } of ledger.history())
      if (state !== 'released') rows.push(`${kind} ${labels.agent} ${labels.model} ${state}`)
    return rows
  }
  const paid = () => stack.chain.authorizationsUsed(address)
  return { ...(await start()), start, gateway, bought, paid }
}

/** An image that was made through the proxy, as a file of OpenAI's SDK. */
async function mugOf(openai: OpenAI, name = 'mug.png') {
  const { data } = await openai.images.generate({
    model: 'gen',
    prompt: 'A mug',
    response_format: 'b64_json'
  })
  return toFile(Buffer.from(data?.[0]?.b64_json ?? '', 'base64'), name, { type: 'image/png' })
}

describe('S27: images.edit of OpenAI’s SDK', () => {
  it('has Katana edit one file or several, in the format and size that are asked for', async () => {
    const { openai, bought } = await sdk()
    const mug = await mugOf(openai)
    const edit = { model: 'gpt-image-2', prompt: 'On a beach' } as const
    const { data } = await openai.images.edit({
      ...edit,
      ...{ image: mug, output_format: 'webp', size: '1536x1024', response_format: 'b64_json' }
    })
    const image = Buffer.from(data?.[0]?.b64_json ?? '', 'base64')
    expect(image.subarray(8, 12).toString()).toBe('WEBP')
    const both = await openai.images.edit({ ...edit, image: [mug, await mugOf(openai, 'two.png')], n: 2 })
    expect(both.data).toMatchObject([{ url: expect.any(String) }, { url: expect.any(String) }])
    expect((await bought()).sort()).toEqual([
      ...['payment default gen settled', 'payment default gen settled'],
      ...['payment default gpt-image-2 settled', 'payment default gpt-image-2 settled']
    ])
  })

  it('that is retried has one answer, though its form has another boundary', async () => {
    const { openai, bought } = await sdk()
    const image = await mugOf(openai)
    const edit = { model: 'gpt-image-2', prompt: 'On a beach', image } as const
    const first = await openai.images.edit(edit)
    const again = await openai.images.edit(edit, { headers: { 'x-stainless-retry-count': '1' } })
    expect(again.data).toEqual(first.data)
    expect((await bought()).filter((row) => row.includes('gpt-image-2'))).toHaveLength(1)
    const [named, other] = [{ headers: { 'idempotency-key': 'one' } }, { ...edit, prompt: 'In snow' }]
    await openai.images.edit(edit, named)
    await expect(openai.images.edit(other, named)).rejects.toMatchObject({ status: 422 })
  })

  it('that cannot be is rejected with its reason, and nothing is paid', async () => {
    const { openai, paid, proxy } = await sdk()
    const image = await mugOf(openai)
    const before = await paid()
    const text = await toFile(Buffer.from('no image'), 'x.png', { type: 'image/png' })
    const edit = { model: 'gpt-image-2', prompt: 'x', image } as const
    const wrong: [asked: OpenAI.ImageEditParamsNonStreaming, status: number, why: RegExp][] = [
      [{ ...edit, mask: image }, 400, /mask has no counterpart/],
      [{ ...edit, image: text }, 400, /images\[0\] holds no image that is known/],
      [{ ...edit, model: 'gen' }, 400, /gen lists no images as input/],
      [{ ...edit, quality: 'high' }, 400, /quality has no counterpart/],
      [{ ...edit, input_fidelity: 'high' }, 400, /input_fidelity has no counterpart/],
      [{ ...edit, n: 11 }, 400, /n must be a whole number from 1 to 10/],
      [{ ...edit, image: [] }, 400, /image is required/]
    ]
    for (const [asked, status, message] of wrong)
      await expect(openai.images.edit(asked), message.source).rejects.toMatchObject({
        status,
        message: expect.stringMatching(message)
      })
    const headers = { authorization: `Bearer ${TOKEN}` }
    const post = (path: string, body: BodyInit, more: Record<string, string> = {}) =>
      fetch(`${proxy.url}/v1${path}`, { method: 'POST', headers: { ...headers, ...more }, body })
    const type = { 'content-type': 'multipart/form-data; boundary=x' }
    expect((await post('/images/edits', 'no form', type)).status).toBe(400)
    expect((await post('/images/edits', new Uint8Array(33 * 1024 * 1024), type)).status).toBe(400)
    expect((await post('/chat/completions', new FormData())).status).toBe(415)
    expect(
      (await fetch(`${proxy.url}/v1/images/edits`, { method: 'POST', body: new FormData() })).status
    ).toBe(401)
    expect(await paid()).toEqual(before)
  })

  it.each(['openclaw', 'tokenhot'] as const)('is forwarded to %s, and billed once', async (service) => {
    const { openai, gateway, bought } = await sdk(service)
    const { openai: katana } = await sdk()
    const image = [await mugOf(katana), await mugOf(katana, 'two.png')]
    const model = service === 'openclaw' ? 'gpt-image-1.5-vvip' : 'gpt-image-2'
    const { data } = await openai.images.edit({ model, prompt: 'On a beach', size: '1024x1024', image })
    expect(data).toMatchObject([{ url: expect.any(String) }])
    const posts = gateway.requests.filter(({ method }) => method === 'POST')
    expect(posts).toMatchObject([{ path: `/relays/${service}/v1/images/edits`, status: 200 }])
    expect(await bought()).toEqual([`account default ${model} settled`])
    const wrong = openai.images.edit({ model: 'wan2.6-t2i', prompt: 'x', image })
    await expect(wrong).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('takes no files')
    })
  })
})

/** The last state of a video. */
async function finished(openai: OpenAI, id: string): Promise<OpenAI.Video> {
  const status = async () => (await openai.videos.retrieve(id)).status
  await expect.poll(status).toMatch(/^(?:completed|failed)$/)
  return openai.videos.retrieve(id)
}

describe('S27: videos of OpenAI’s SDK', () => {
  it('are made by Katana, asked after for nothing, and downloaded', async () => {
    const { openai, bought } = await sdk()
    const video = await openai.videos.create({
      model: 'veo3-1-fast',
      prompt: 'A wave',
      seconds: '4',
      size: '1280x720'
    })
    expect(video).toMatchObject({
      ...{ object: 'video', model: 'veo3-1-fast', prompt: 'A wave', seconds: '4', size: '1280x720' },
      ...{ status: 'in_progress', progress: 0, error: null, completed_at: null, remixed_from_video_id: null },
      created_at: expect.any(Number)
    })
    const early = openai.videos.downloadContent(video.id)
    await expect(early).rejects.toMatchObject({ status: 400, code: 'no_content' })
    const done = await finished(openai, video.id)
    expect(done).toMatchObject({
      ...{
        id: video.id,
        status: 'completed',
        progress: 100,
        model: 'veo3-1-fast',
        seconds: '4',
        error: null
      },
      ...{ prompt: 'A wave', size: expect.stringMatching(/^\d+x\d+$/), completed_at: expect.any(Number) }
    })
    const content = await openai.videos.downloadContent(video.id)
    expect(content.headers.get('content-type')).toBe('video/mp4')
    const bytes = Buffer.from(await content.arrayBuffer())
    expect(bytes.subarray(4, 8).toString()).toBe('ftyp')
    expect(await bought()).toEqual(['payment default veo3-1-fast settled'])
  })

  it('begin with a file or with the URL of an image, at the model’s shortest length', async () => {
    const { openai } = await sdk()
    const first = await mugOf(openai)
    const images = [first, { image_url: 'https://files.example/first.png' }]
    for (const input_reference of images) {
      const { id, seconds } = await openai.videos.create({
        model: 'kling-1-6',
        prompt: 'x',
        input_reference
      })
      expect(seconds).toBe('5')
      expect(await finished(openai, id)).toMatchObject({ status: 'completed' })
    }
  })

  it('that fail say why, and have no content', async () => {
    const { openai, gateway } = await sdk()
    gateway.faults.next('job-fails', { leg: 'paid' })
    const { id } = await openai.videos.create({ model: 'ltx-2-3', prompt: 'x' })
    expect(await finished(openai, id)).toMatchObject({
      status: 'failed',
      error: { code: 'generation_timed_out', message: expect.any(String) }
    })
    await expect(openai.videos.downloadContent(id)).rejects.toMatchObject({ status: 400 })
  })

  it('are bought once under one key, also by a proxy that is started again, and known to it', async () => {
    const { openai, start, bought } = await sdk()
    const [asked, named] = [{ model: 'ltx-2-3', prompt: 'x' }, { headers: { 'idempotency-key': 'one' } }]
    const { id } = await openai.videos.create(asked, named)
    expect((await openai.videos.create(asked, named)).id).toBe(id)
    const { openai: anew } = await start()
    expect((await anew.videos.create(asked, named)).id).toBe(id)
    expect(await finished(anew, id)).toMatchObject({ model: 'ltx-2-3', prompt: 'x', status: 'completed' })
    expect(await bought()).toHaveLength(1)
  })

  it('that cannot be are rejected with their reason, and nothing is paid', async () => {
    const { openai, paid } = await sdk()
    const { openai: relay } = await sdk('tokenhot')
    const video = { model: 'ltx-2-3', prompt: 'x' } as const
    const odd = { ...video, ...{ style: 'noir' } }
    const wrong: [ask: () => Promise<unknown>, status: number, why: RegExp][] = [
      [() => openai.videos.create({ ...video, seconds: '4' }), 400, /makes no videos of 4 seconds/],
      [() => openai.videos.create({ ...video, size: '1792x1024' }), 400, /does not list "7:4"/],
      [() => openai.videos.create({ prompt: 'x' }), 400, /model is required/],
      [() => openai.videos.create({ ...video, model: 'sora-2' }), 400, /"sora-2" is not in the catalogue/],
      [() => openai.videos.create(odd), 400, /style has no counterpart/],
      [
        () => openai.videos.create({ ...video, input_reference: { file_id: 'f' } }),
        400,
        /has no counterpart/
      ],
      [() => openai.videos.retrieve('0f3f0ab9-2d2c-4d99-a7cc-76cf82735246'), 404, /There is no video/],
      [
        () => openai.videos.downloadContent('0f3f0ab9', { variant: 'thumbnail' }),
        400,
        /variant must be video/
      ],
      [() => relay.videos.create(video), 404, /no videos in this shape/]
    ]
    for (const [ask, status, message] of wrong)
      await expect(ask(), message.source).rejects.toMatchObject({
        status,
        message: expect.stringMatching(message)
      })
    expect(await paid()).toEqual([])
  })
})
