import { describe, expect, it } from 'vitest'
import { openKatana as open } from '../../test/katana.js'
import { dataUrl, png } from '../../test/samples.js'
import { answer, envelope } from '../../test/service.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import { createKatanaClient } from './create-katana-client.js'
import { unlistedModel } from './item.js'

describe('the account', () => {
  it('Katana 147: reads credits as decimal text', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, { credits: '20814.0' }), {
      apiKey: 'key:hush'
    })
    expect(await katana.account.balance()).toEqual({ credits: '20814.0', creditsTenths: 208_140n })
    expect(arrivals[0]).toMatchObject({ method: 'GET', path: '/v1/me/balance' })
    expect(arrivals[0]?.headers['x-api-secret']).toBe('hush')
  })

  it.each(['200.0', '200'])(
    'S59, Katana 147: reads %s as two thousand tenths, however it is printed',
    async (credits) => {
      const { katana } = await open((_, response) => answer(response, { credits }), { apiKey: 'key:hush' })
      expect(await katana.account.balance()).toEqual({ credits, creditsTenths: 2000n })
    }
  )

  it.each([{}, { credits: 7 }, { credits: '1.25' }, { credits: '-1' }])(
    'does not guess at %j',
    async (body) => {
      const { katana } = await open((_, response) => answer(response, body), { apiKey: 'key:hush' })
      await expect(katana.account.balance()).rejects.toMatchObject({
        code: 'service/answer-malformed',
        moneyState: 'none'
      })
    }
  )

  it('needs a key', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, {}))
    await expect(katana.account.balance()).rejects.toThrow(TypeError)
    expect(arrivals).toEqual([])
  })
})

describe('attestation', () => {
  it('Katana 90: asks with 64 hex digits and hands the proof on', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, { quote: 'tdx' }))
    const nonce = '0'.repeat(64)
    expect(await katana.attestation('kimi-k2-6-private')).toEqual({ nonce, proof: { quote: 'tdx' } })
    expect(arrivals[0]?.path).toBe(`/v1/text/attestation?model=kimi-k2-6-private&nonce=${nonce}`)
  })

  it('Katana 90 and 91: rejects other models and nonces, and sends nothing', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, {}))
    await expect(katana.attestation('grok-4-3')).rejects.toMatchObject({
      context: { violations: [{ rule: 'not_private' }] }
    })
    for (const nonce of ['', 'ab', 'g'.repeat(64), 'a'.repeat(65)]) {
      const context = { violations: [{ rule: 'nonce' }] }
      await expect(katana.attestation('glm-5-private', { nonce })).rejects.toMatchObject({ context })
    }
    expect(arrivals).toEqual([])
  })
})

describe('discovery', () => {
  it('Katana 2: asks without credentials and returns the answer', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, { x402Version: 2 }))
    expect(await katana.discovery()).toEqual({ x402Version: 2 })
    expect(arrivals[0]).toMatchObject({ method: 'GET', path: '/v1/x402' })
    expect(arrivals[0]?.headers['x-api-key']).toBeUndefined()
  })

  it.each([500, 404])('says that nothing was paid after a %i', async (status) => {
    const { katana } = await open((_, response) => answer(response, {}, status))
    await expect(katana.discovery()).rejects.toMatchObject({ code: 'service/refused', moneyState: 'none' })
  })
})

describe('estimates', () => {
  const katana = createKatanaClient()

  it('Katana 106: credits of several items add up, without rounding', () => {
    expect(
      katana.estimate([
        { type: 'image', model: 'gpt-image-2', prompt: 'x', aspectRatio: '1:1' },
        { type: 'video', model: 'veo3-1-lite', prompt: 'x', aspectRatio: '16:9', durationSeconds: 8 }
      ])
    ).toEqual({ credits: '154', creditsTenths: 1540n, usd: '0.8008', usdAtomic: 800_800n, basis: 'listed' })
  })

  it('Katana 132: a video costs what its length costs', () => {
    const video = {
      type: 'video',
      model: 'ltx-2-3',
      prompt: 'x',
      aspectRatio: '1:1',
      durationSeconds: 20
    } as const
    expect(katana.estimate(video)).toMatchObject({ credits: '80', usd: '0.416' })
  })

  it('says when a price is assumed, and when there is none', () => {
    const uhd = { type: 'image', model: 'gen', prompt: 'x', aspectRatio: '1:1', isUhd: true } as const
    expect(katana.estimate(uhd)).toMatchObject({ credits: '3', basis: 'assumed' })
    const unknown = {
      type: 'image',
      model: unlistedModel('brand-new'),
      prompt: 'x',
      aspectRatio: '1:1'
    } as const
    expect(katana.estimate(unknown)).toBeUndefined()
    expect(katana.estimate({ model: 'brand-new', prompt: 'x' })).toBeUndefined()
  })

  it('Katana 76, 77 and 78: a chat may cost its reserve, ten credits at least', () => {
    expect(katana.estimate({ model: 'grok-4-3', prompt: 'Hi', max_tokens: 64 })).toMatchObject({
      credits: '10',
      basis: 'reserve'
    })
    // 1,000,000 characters are 250,000 tokens at 105.77 credits a million, and 16,000 of output at 634.62.
    const long = 'x'.repeat(1_000_000)
    expect(katana.estimate({ model: 'gpt-5-5', messages: [{ role: 'user', content: long }] })).toMatchObject({
      credits: '366'
    })
  })

  it('Katana 149: agrees with the guide’s own dollars, which are rounded for display', () => {
    const cents = (atomic: bigint): string => (Number(atomic) / 1e6).toFixed(4)
    const price = (name: string) =>
      katanaCatalogue.images.find((each) => each.name === name)?.costTenths ?? 0n
    expect(cents(price('gen') * katanaCatalogue.atomicUsdPerTenth)).toBe('0.0156')
    expect(cents(price('nano-banana-2') * katanaCatalogue.atomicUsdPerTenth)).toBe('0.1664')
  })
})

describe('going on from a video', () => {
  const next = { model: 'ltx-2-3', prompt: 'It goes on', durationSeconds: 5, aspectRatio: 'auto' } as const
  const video = { item: 0, index: 0, kind: 'video', tags: [] }
  const firstFrame = (url: string) => ({ requests: [{ video_image_data: { first_frame_image_url: url } }] })

  it('Katana 165: sends the final frame as the next first one', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, envelope('processing')))
    const finalFrameUrl = 'https://k.imgnai.com/last.png'
    await katana.videos.extend({ ...video, finalFrameUrl }, next)
    expect(arrivals[0]?.json).toMatchObject(firstFrame(finalFrameUrl))
  })

  it('sends the image itself where its URL is on loopback, and fetches it without credentials', async () => {
    const { katana, arrivals, url } = await open(
      ({ method }, response) =>
        method === 'POST' ? answer(response, envelope('processing')) : void response.end(png()),
      { apiKey: 'key:hush' }
    )
    await katana.videos.extend({ ...video, finalFrameUrl: `${url}/last.png` }, next)
    expect(arrivals.map(({ path }) => path)).toEqual(['/last.png', '/v1/generation-requests?wait=false'])
    expect(arrivals[0]?.headers).not.toHaveProperty('x-api-key')
    expect(arrivals[1]?.json).toMatchObject(firstFrame(dataUrl('image/png', png())))
  })

  it('says so when there is none, and sends nothing', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, {}))
    await expect(katana.videos.extend(video, next)).rejects.toMatchObject({
      code: 'request/invalid',
      context: { violations: [{ rule: 'final_frame_missing' }] }
    })
    expect(arrivals).toEqual([])
  })

  it.each([404, 200])('sends nothing when the image on loopback is a %i and no image', async (status) => {
    const { katana, arrivals, url } = await open(
      (_, response) => void response.writeHead(status).end('<html>')
    )
    await expect(katana.videos.extend({ ...video, finalFrameUrl: `${url}/last.png` }, next)).rejects.toThrow()
    expect(arrivals.map(({ method }) => method)).toEqual(['GET'])
  })
})
