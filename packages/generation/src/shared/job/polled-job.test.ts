import { describe, expect, it } from 'vitest'
import { assetBase, done, mug, openKatanaOf as open, says } from '../../../test/katana-job.js'
import {
  answer,
  completed,
  envelope,
  failed,
  quickClock,
  REQUEST_ID,
  serve,
  still
} from '../../../test/service.js'
import { createKatanaClient } from '../../katana/create-katana-client.js'
import type { JobState } from './job-state.js'

describe('waiting for a job', () => {
  it('Katana 134: every word but the final ones means that it is not done', async () => {
    const { katana, arrivals } = await open(says('processing'), says('queued'), says('dreaming'), done)
    const job = await katana.images.generate(mug)
    const reported: string[] = []
    for await (const { status } of job) reported.push(status)
    expect(reported).toEqual(['processing', 'queued', 'dreaming', 'completed'])
    expect(arrivals.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual(
      new Array(3).fill(`GET /v1/generation-requests/${REQUEST_ID}`)
    )
    expect((await job.result()).creditsSpent).toBe('3')
    expect(arrivals).toHaveLength(4)
  })

  it('asks once for all who wait', async () => {
    const { katana, arrivals } = await open(says('processing'), says('processing'), done)
    const reported: string[] = []
    const job = await katana.images.generate(mug, { onUpdate: ({ status }) => reported.push(status) })
    const results = await Promise.all([job.result(), job.result(), job.result()])
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['completed']))
    expect(arrivals).toHaveLength(3)
    expect(reported).toEqual(['processing', 'processing', 'completed'])
    expect(job.state.isDone).toBe(true)
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
        completed(assetBase),
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
    const reported: JobState[] = []
    const job = katana.jobs.resume(REQUEST_ID, { onUpdate: (state) => reported.push(state) })
    expect((await job.result()).assets).toHaveLength(1)
    expect(arrivals.map(({ method }) => method)).toEqual(['GET', 'GET'])
    expect(clock.sleeps).toEqual([2000])
    expect(reported.map(({ status }) => status)).toEqual(['processing', 'completed'])
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
