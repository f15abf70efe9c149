import { systemRandom } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import {
  answer,
  completed,
  envelope,
  failed,
  quickClock,
  REQUEST_ID,
  type Script,
  serve,
  still
} from '../../../test/service.js'
import { createKatanaClient } from '../../katana/create-katana-client.js'
import type { JobState } from './job-state.js'

const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const
const base = 'https://k.imgnai.com'

type Reply = { status?: number; headers?: Record<string, string>; body: unknown } | 'hang-up'

/** A service whose answers are a list; the last repeats. */
async function open(...replies: Reply[]) {
  const script: Script = (_, response, index) => {
    const reply = replies[Math.min(index, replies.length - 1)]
    if (reply === undefined || reply === 'hang-up') return void response.destroy()
    answer(response, reply.body, reply.status, reply.headers)
  }
  const server = await serve(script)
  const clock = quickClock()
  const katana = createKatanaClient({
    baseUrl: server.url,
    clock,
    random: still,
    receiptOf: () => ({ moneyState: 'settled' })
  })
  return { ...server, clock, katana }
}

const says = (status: string, responses: readonly object[] = [], more: object = {}): Reply => ({
  body: envelope(status, responses, more)
})
const done = says('completed', [completed(base)], { metadata: { credits_spent: '3' } })

describe('waiting for a job', () => {
  it('Katana 134: every word but the final ones means that it is not done', async () => {
    const { katana, arrivals } = await open(says('processing'), says('queued'), says('dreaming'), done)
    const job = await katana.images.generate(mug)
    const heard: string[] = []
    for await (const { status } of job) heard.push(status)
    expect(heard).toEqual(['processing', 'queued', 'dreaming', 'completed'])
    expect(arrivals.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual(
      new Array(3).fill(`GET /v1/generation-requests/${REQUEST_ID}`)
    )
    expect((await job.result()).creditsSpent).toBe('3')
    expect(arrivals).toHaveLength(4)
  })

  it('S18, Katana 114, 138, 139, 141, 142, 143 and 162: reads assets as Katana reports them', async () => {
    const tags = [{ tag: 'mug', confidence: 0.94 }, { tag: 7 }]
    const asset = { metadata: { tags }, final_frame_image_url: '', thumbnail_silent_video_mp4_url: '' }
    const { katana } = await open(says('processing'), says('completed', [completed(base, asset)]))
    const result = await (await katana.images.generate(mug)).result()
    expect(result.assets).toEqual([
      {
        item: 0,
        index: 0,
        kind: 'image',
        mimeType: 'image/png',
        url: `${base}/original.png`,
        displayUrl: `${base}/preview.png`,
        thumbnailUrl: `${base}/thumbnail.jpg`,
        width: 8,
        height: 8,
        expiresAtMs: Date.parse('2026-05-16T13:00:02Z'),
        tags: [{ tag: 'mug', confidence: 0.94 }]
      }
    ])
    expect(result.items[0]).toMatchObject({ modelKey: 'gpt2image', creditsSpent: '3', status: 'completed' })
  })

  it.each<[string, object, object]>([
    [
      'with every field',
      {
        ...{ kind: 'video', mime_type: 'video/mp4', width: 1280, height: 720, duration_seconds: 5 },
        thumbnail_silent_video_mp4_url: 'https://a.example/silent.mp4',
        final_frame_image_url: 'https://a.example/last.png'
      },
      {
        ...{ kind: 'video', mimeType: 'video/mp4', width: 1280, height: 720, durationSeconds: 5 },
        previewUrl: 'https://a.example/silent.mp4',
        finalFrameUrl: 'https://a.example/last.png'
      }
    ],
    [
      'with every field blank',
      {
        kind: 'video',
        mime_type: 'video/mp4',
        thumbnail_silent_video_mp4_url: '',
        final_frame_image_url: ''
      },
      { kind: 'video', mimeType: 'video/mp4', previewUrl: undefined, finalFrameUrl: undefined }
    ]
  ])(
    'S58, Katana 140 and 144: reads a video %s, and when each item began and ended',
    async (_, asset, read) => {
      const { katana } = await open(says('completed', [completed(base, asset)]))
      const result = await (await katana.images.generate(mug)).result()
      const { previewUrl, finalFrameUrl, ...first } = result.assets[0] ?? expect.unreachable()
      expect({ ...first, previewUrl, finalFrameUrl }).toMatchObject(read)
      expect(result.items[0]).toMatchObject({
        startedAtMs: Date.parse('2026-05-13T12:59:16Z'),
        completedAtMs: Date.parse('2026-05-13T13:00:02Z')
      })
    }
  )

  it('S19: keeps ids and times of the service, and the answer as it came', async () => {
    const times = { created_at: '2026-05-13T12:59:10Z', updated_at: '2026-05-13T13:00:03Z', new_field: [1] }
    const { katana } = await open(says('completed', [completed(base)], times))
    const result = await (await katana.images.generate(mug)).result()
    expect(result).toMatchObject({
      createdAtMs: Date.parse(times.created_at),
      updatedAtMs: Date.parse(times.updated_at),
      items: [{ jobId: '8c92b087-8d6d-4ad2-9b18-3f296568dcfd' }],
      raw: { new_field: [1], responses: [{ type: 'image', output_assets: [{ mime_type: 'image/png' }] }] }
    })
    const silent = await open(says('completed', [{ status: 'completed' }]))
    const job = await silent.katana.images.generate(mug)
    expect(job.state).not.toHaveProperty('createdAtMs')
    expect(job.state.items).toEqual([{ index: 0, status: 'completed', assets: [] }])
  })

  it('Katana 139: falls back on url where there is no original', async () => {
    const { katana } = await open(says('completed', [completed(base, { original_data_url: '' })]))
    expect((await (await katana.images.generate(mug)).result()).assets[0]?.url).toBe(`${base}/preview.png`)
  })

  it('asks once for all who wait', async () => {
    const { katana, arrivals } = await open(says('processing'), says('processing'), done)
    const heard: string[] = []
    const job = await katana.images.generate(mug, { onUpdate: ({ status }) => heard.push(status) })
    const results = await Promise.all([job.result(), job.result(), job.result()])
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['completed']))
    expect(arrivals).toHaveLength(3)
    expect(heard).toEqual(['processing', 'processing', 'completed'])
    expect(job.state.isDone).toBe(true)
  })
})

describe('when a job is asked about', () => {
  it('waits as long as poll_after_seconds says', async () => {
    const { katana, clock } = await open(
      says('processing', [], { poll_after_seconds: 7 }),
      says('processing', [], { poll_after_seconds: 3.5 }),
      done
    )
    await (await katana.images.generate(mug)).result()
    expect(clock.sleeps).toEqual([7000, 3500])
  })

  it('waits 30 s where nothing is said, and 60 s after five minutes', async () => {
    const silent = says('processing', [], { poll_after_seconds: null })
    const { katana, clock } = await open(...new Array(13).fill(silent), done)
    await (await katana.images.generate(mug)).result()
    expect(clock.sleeps).toEqual([...new Array(11).fill(30_000), 60_000, 60_000])
  })

  it('keeps what a service asks for within bounds', async () => {
    const { katana, clock } = await open(
      says('processing', [], { poll_after_seconds: 0 }),
      says('processing', [], { poll_after_seconds: 1e9 }),
      done
    )
    await (await katana.images.generate(mug, { timeoutMs: 10_000_000 })).result()
    expect(clock.sleeps).toEqual([250, 600_000])
  })

  it('asks up to a tenth later, never earlier', async () => {
    const { url, arrivals } = await serve((_, response, index) =>
      answer(response, envelope(index < 20 ? 'processing' : 'completed'))
    )
    const clock = quickClock()
    const katana = createKatanaClient({ baseUrl: url, clock, random: systemRandom })
    await (await katana.images.generate(mug)).result()
    expect(arrivals).toHaveLength(21)
    expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(2000)
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(2200)
    expect(new Set(clock.sleeps).size).toBeGreaterThan(5)
  })

  it('Katana 148: honours Retry-After, and backs off from what fails in passing', async () => {
    const { katana, clock } = await open(
      says('processing'),
      { status: 429, headers: { 'retry-after': '11' }, body: {} },
      { status: 503, body: {} },
      'hang-up',
      { body: 'not an object' },
      done
    )
    const result = await (await katana.images.generate(mug)).result()
    expect(result.status).toBe('completed')
    expect(clock.sleeps).toEqual([2000, 11_000, 2000, 4000, 8000])
  })

  it.each([401, 403, 404])('does not go on asking after a %i', async (status) => {
    const { katana, arrivals } = await open(says('processing'), { status, body: {} })
    const job = await katana.images.generate(mug)
    await expect(job.result()).rejects.toMatchObject({
      code: 'service/refused',
      moneyState: 'settled',
      context: { requestId: REQUEST_ID, operation: 'jobs.poll', status }
    })
    expect(arrivals).toHaveLength(2)
  })

  it('does not take the state of another job for its own', async () => {
    const { katana, clock } = await open(
      says('processing'),
      says('completed', [], { request_id: 'other' }),
      done
    )
    await (await katana.images.generate(mug)).result()
    expect(clock.sleeps).toEqual([2000, 1000])
  })
})

describe('the time limit', () => {
  it('ends the waiting and not the job, which is paid and can be waited for again', async () => {
    const { katana, arrivals, clock } = await open(...new Array(6).fill(says('processing')), done)
    const job = await katana.images.generate(mug, { timeoutMs: 9000 })
    const startMs = clock.nowMs()
    await expect(job.result()).rejects.toMatchObject({
      code: 'job/timeout',
      moneyState: 'settled',
      context: { requestId: REQUEST_ID, status: 'processing', timeoutMs: 9000 },
      message: expect.stringContaining('jobs.resume')
    })
    expect(clock.nowMs() - startMs).toBe(9000)
    expect((await job.result()).status).toBe('completed')
    expect(arrivals.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('is not overrun by a question that hangs', async () => {
    const server = await serve(({ method }, response) => {
      if (method === 'POST') answer(response, envelope('processing', [], { poll_after_seconds: 0.25 }))
    })
    const katana = createKatanaClient({ baseUrl: server.url, random: still })
    const job = await katana.images.generate(mug, { timeoutMs: 700 })
    const startedMs = Date.now()
    await expect(job.result()).rejects.toMatchObject({ code: 'job/timeout' })
    expect(Date.now() - startedMs).toBeLessThan(20_000)
  })

  it('lets the caller stop waiting', async () => {
    const stop = new AbortController()
    const { katana } = await open(says('processing'))
    const job = await katana.images.generate(mug, {
      signal: stop.signal,
      onUpdate: ({ status }) => status === 'processing' && stop.abort(new Error('enough'))
    })
    await expect(job.result()).rejects.toThrow('enough')
  })
})

describe('what came of it', () => {
  it('Katana 105: reports each item that made nothing beside those that did', async () => {
    const { katana } = await open(
      says('processing'),
      says('partial_failure', [
        completed(base),
        failed('rejected', 'invalid_media', 'The image is refused'),
        failed('failed', 'generation_timed_out', 'Timed out', true)
      ])
    )
    const result = await (await katana.images.generate([mug, mug, mug])).result()
    expect(result.assets).toHaveLength(1)
    expect(result.failures).toEqual([
      {
        item: 1,
        status: 'rejected',
        serviceCode: 'invalid_media',
        reason: 'The image is refused',
        retryable: false
      },
      { item: 2, status: 'failed', serviceCode: 'generation_timed_out', reason: 'Timed out', retryable: true }
    ])
  })

  it.each([
    ['its status', envelope('rejected', [failed('rejected', 'no_such_model', 'no such model')])],
    ['its items', envelope('processing', [failed('rejected', 'no_such_model', 'no such model')])],
    [
      'a status without an id',
      { status: 'rejected', error: { code: 'no_such_model', message: 'no such model' } }
    ]
  ])(
    'Katana 103 and 104: a submission that is rejected by %s is final, costs nothing and is not asked about',
    async (_, body) => {
      const server = await serve((__, response) => answer(response, body))
      const katana = createKatanaClient({ baseUrl: server.url, clock: quickClock(), random: still })
      const submitted: unknown[] = []
      const job = await katana.images.generate(mug, {
        onSubmitted: (submission) => void submitted.push(submission)
      })
      await expect(job.result()).rejects.toMatchObject({
        code: 'job/rejected',
        moneyState: 'none',
        context: {
          items: [{ item: 0, status: 'rejected', serviceCode: 'no_such_model', reason: 'no such model' }]
        }
      })
      expect(server.arrivals).toHaveLength(1)
      expect(submitted).toEqual([])
    }
  )

  it('Katana 145 and 146: a job that fails says so, with the service’s words cut short', async () => {
    const long = `Line\none ${'x'.repeat(5000)}`
    const { katana } = await open(
      says('processing'),
      says('failed', [failed('failed', 'generation_timed_out', long, true)])
    )
    const error = await (await katana.images.generate(mug)).result().catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'job/failed',
      moneyState: 'settled',
      context: { requestId: REQUEST_ID, items: [{ retryable: true, serviceCode: 'generation_timed_out' }] }
    })
    expect(String(error).length).toBeLessThan(400)
    expect(String(error)).not.toContain('\n')
  })

  it('does not lose what was made over a listener that throws', async () => {
    const warned = new Promise((resolve) => process.once('warning', resolve))
    const { katana } = await open(done)
    const job = await katana.images.generate(mug, {
      onUpdate: () => {
        throw new TypeError('a listener’s mistake')
      }
    })
    expect((await job.result()).assets).toHaveLength(1)
    expect(await warned).toMatchObject({
      name: 'BursarWarning',
      message: 'Bursar called onUpdate, which failed: TypeError: a listener’s mistake'
    })
  })
})

describe('a job of an earlier process', () => {
  it('is asked about at once, without being submitted again', async () => {
    const { katana, arrivals, clock } = await open(says('processing'), done)
    const heard: JobState[] = []
    const job = katana.jobs.resume(REQUEST_ID, { onUpdate: (state) => heard.push(state) })
    expect((await job.result()).assets).toHaveLength(1)
    expect(arrivals.map(({ method }) => method)).toEqual(['GET', 'GET'])
    expect(clock.sleeps).toEqual([2000])
    expect(heard.map(({ status }) => status)).toEqual(['processing', 'completed'])
  })

  it.each(['', '../v1/me/balance', 'a b', 'x'.repeat(200)])('rejects %j, which is no id', async (id) => {
    const { katana, arrivals } = await open(done)
    expect(() => katana.jobs.resume(id)).toThrow(TypeError)
    expect(arrivals).toEqual([])
  })

  it('Katana 136: shows the key for a job that was billed to it, and nothing for others', async () => {
    const server = await serve((_, response) => answer(response, envelope('completed')))
    const katana = createKatanaClient({ baseUrl: server.url, clock: quickClock(), apiKey: 'key:hush' })
    await katana.jobs.resume(REQUEST_ID).result()
    await katana.jobs.resume(REQUEST_ID, { billing: 'direct' }).result()
    expect(server.arrivals.map(({ headers }) => headers['x-api-secret'])).toEqual(['hush', undefined])
  })
})
