import type OpenAI from 'openai'
import { toFile } from 'openai'
import { describe, expect, it } from 'vitest'
import { mugOf, sdk, TOKEN } from './proxied-openai.js'

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
