import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { useStack } from '../../testing/stack.js'
import { call } from '../../testing/wallet.js'
import { catalogue } from '../catalogue/catalogue.js'

const account = { key: 'key', secret: 'secret', credits: '1000000' }
const stack = useStack({ katana: { accounts: [account], generationMs: 0 } })
const key = { 'X-API-Key': 'key', 'X-API-Secret': 'secret' }
const url = 'https://example.com/a.png'

interface Job {
  readonly status: string
  readonly responses: readonly {
    readonly status: string
    readonly started_at: string | null
    readonly completed_at: string | null
    readonly output_assets: readonly Record<string, string & number>[]
  }[]
}

async function make(...items: object[]): Promise<Job> {
  const body = { requests: items as never }
  const response = await call(stack.gateway, '/v1/generation-requests?wait=true', body, key)
  return (await response.json()) as Job
}

const video = {
  type: 'video',
  model: 'seedance-2-0',
  prompt: 'A mug',
  duration_seconds: 5,
  aspect_ratio: '16:9'
}

describe('a video', () => {
  it('Katana 138, 139, 140, 141 and 144: is an MP4 of the size and length that its asset reports', async () => {
    const job = await make(video)
    expect(job).toMatchObject({ status: 'completed', poll_after_seconds: null })
    const [response] = job.responses
    const [asset] = response?.output_assets ?? []
    expect(response?.started_at).toMatch(/\+00:00$/)
    expect(response?.completed_at).toMatch(/\+00:00$/)
    expect(asset).toMatchObject({ mime_type: 'video/mp4', width: 160, height: 90, duration_seconds: 5 })
    for (const field of ['original_data_url', 'url', 'thumbnail_silent_video_mp4_url']) {
      const file = Buffer.from(await (await fetch(asset?.[field] ?? '')).arrayBuffer())
      expect(file.toString('latin1', 4, 8)).toBe('ftyp')
    }
    for (const field of ['final_frame_image_url', 'thumbnail_image_url']) {
      const file = Buffer.from(await (await fetch(asset?.[field] ?? '')).arrayBuffer())
      expect(await sharp(file).metadata()).toMatchObject({ format: 'png', width: 160, height: 90 })
    }
  })

  it('Katana 105: that is rejected does not stop the others, and the job ends as a partial failure', async () => {
    const job = await make(video, { ...video, duration_seconds: 6 })
    expect(job).toMatchObject({
      status: 'partial_failure',
      responses: [{ status: 'completed' }, { status: 'rejected', error: { code: 'unsupported_duration' } }]
    })
  })

  it('Katana 143: whose assets have expired is gone', async () => {
    stack.gateway.faults.next('assets-expired')
    const job = await make(video)
    const asset = job.responses[0]?.output_assets[0]?.original_data_url ?? ''
    expect((await fetch(asset)).status).toBe(410)
  })

  it('Katana 134 and 145: that takes too long ends failed, and says that it may be tried again', async () => {
    stack.gateway.faults.next('job-fails')
    expect(await make(video)).toMatchObject({
      status: 'failed',
      responses: [
        { error: { code: 'generation_timed_out', retryable: true, details: { timeout_seconds: 0 } } }
      ]
    })
    stack.gateway.faults.next('job-stays-pending')
    expect(await make(video)).toMatchObject({ status: 'processing', poll_after_seconds: 1 })
  })
})

describe('an image', () => {
  const image = { type: 'image', model: 'gen', prompt: 'A mug', aspect_ratio: '16:9' }

  it.each([
    ['png', 'png'],
    ['jpeg', 'jpeg'],
    ['jpg', 'jpeg'],
    ['webp', 'webp']
  ])('Katana 107: asked for as %s is a %s file of its size', async (output_format, format) => {
    const job = await make({ ...image, output_format })
    const [asset] = job.responses[0]?.output_assets ?? []
    expect(asset).toMatchObject({ mime_type: `image/${format}`, width: 1024, height: 576 })
    const file = Buffer.from(await (await fetch(asset?.original_data_url ?? '')).arrayBuffer())
    expect(await sharp(file).metadata()).toMatchObject({ format, width: 1024, height: 576 })
  })

  it('Katana 107: is made in no other format', async () => {
    expect(await make({ ...image, output_format: 'gif' })).toMatchObject({ status: 'rejected' })
  })
})

it('every one of the 72 image and video models makes what it is asked for within its rules', async () => {
  const images = catalogue.image.map(({ id, aspects, requiresImageInput }) => ({
    type: 'image',
    model: id,
    prompt: 'A mug',
    aspect_ratio: aspects[0],
    ...(requiresImageInput ? { image_urls: [url] } : {})
  }))
  const videos = catalogue.video.map(({ id, aspects, durations, requiresImage }) => ({
    ...video,
    model: id,
    duration_seconds: durations[0]?.seconds,
    aspect_ratio: aspects[0],
    ...(requiresImage ? { image_url: url } : {})
  }))
  expect(images.length + videos.length).toBe(72)
  expect((await make(...images, ...videos)).status).toBe('completed')
})
