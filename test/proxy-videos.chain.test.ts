import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { LONG_MS, mugOf, sdk } from './proxied-openai.js'

/** The last state of a video. */
async function finished(openai: OpenAI, id: string): Promise<OpenAI.Video> {
  const status = async () => (await openai.videos.retrieve(id)).status
  await expect.poll(status).toMatch(/^(?:completed|failed)$/)
  return openai.videos.retrieve(id)
}

describe('S27: videos of OpenAI’s SDK', () => {
  it('are made by Katana, asked after for nothing, and downloaded', async () => {
    const { openai, bought, finishJobs } = await sdk('katana', LONG_MS)
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
    finishJobs()
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
