import { describe, expect, it, vi } from 'vitest'
import { imageFor, videoFor } from '../../test/items.js'
import { openKatana as open } from '../../test/katana.js'
import { answer, envelope, REQUEST_ID, type Script } from '../../test/service.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import type { GenerationItem } from './item.js'

const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const

const processing: Script = (_, response) => answer(response, envelope('processing'))

describe('rejecting before anything is sent', () => {
  it('names every field, rule and what would be allowed', async () => {
    const { katana, arrivals } = await open(processing)
    const wrong = { ...mug, aspectRatio: '3:7' as '1:1', outputFormat: 'gif' as 'png' }
    const error = await katana.images.generate([mug, wrong]).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'request/invalid',
      moneyState: 'none',
      context: {
        violations: [
          { item: 1, field: 'aspectRatio', rule: 'aspect_not_listed' },
          { item: 1, field: 'outputFormat', rule: 'output_format', allowed: 'png, jpeg, jpg or webp' }
        ]
      }
    })
    expect(String(error)).toContain('gen does not list "3:7" (item 1). Allowed: 1:1, 16:9')
    expect(arrivals).toEqual([])
  })

  it('Katana 95: names the public name to a caller that sends the internal key', async () => {
    const { katana, arrivals } = await open(processing)
    const error = await katana.images
      .generate({ ...mug, model: 'gpt2image' as 'gen' })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      context: { violations: [{ rule: 'model_unknown', allowed: 'gpt-image-2' }] }
    })
    expect(arrivals).toEqual([])
  })

  it('Katana 93: rejects an empty request, and one of a hundred and one items', async () => {
    const { katana, arrivals } = await open(processing)
    for (const items of [[], new Array(101).fill(mug)]) {
      await expect(katana.images.generate(items)).rejects.toMatchObject({ code: 'request/invalid' })
    }
    expect(arrivals).toEqual([])
  })

  it('leaves it to the server with validate: false', async () => {
    const { katana, arrivals } = await open(processing, { validate: false })
    await katana.images.generate({ ...mug, aspectRatio: '3:7' as '1:1' })
    expect(arrivals).toHaveLength(1)
    await expect(katana.images.generate({ ...mug, prompt: '' }, { validate: true })).rejects.toThrow(
      /no prompt/
    )
    expect(arrivals).toHaveLength(1)
  })

  it('requests each image and video model once within its rules and once against them', async () => {
    const { katana, arrivals } = await open(processing)
    const { images, videos } = katanaCatalogue
    for (const item of [...images.map((each) => imageFor(each)), ...videos.map((each) => videoFor(each))]) {
      const before = arrivals.length
      await katana.generate([item as GenerationItem])
      expect(arrivals.length).toBe(before + 1)
      const wrong = { ...item, aspectRatio: '3:7' } as unknown as GenerationItem
      await expect(katana.generate([wrong])).rejects.toMatchObject({
        code: 'request/invalid',
        moneyState: 'none'
      })
      expect(arrivals.length).toBe(before + 1)
    }
    expect(arrivals).toHaveLength(72)
  })
})

describe('failures of a submission', () => {
  const paid = { 'payment-response': Buffer.from('{"success":true,"transaction":"0xab"}').toString('base64') }
  const receiptOf = () => undefined

  it.each([
    [400, {}, 'key:secret', 'none'],
    [402, {}, 'key:secret', 'none'],
    [429, {}, 'key:secret', 'none'],
    [500, {}, 'key:secret', 'unknown'],
    [500, {}, undefined, 'none'],
    [400, paid, undefined, 'settled'],
    [500, paid, undefined, 'settled']
  ] as const)(
    'says of a %i with headers %o and key %s that the money is %s',
    async (status, headers, apiKey, moneyState) => {
      const script: Script = (_, response) =>
        answer(response, { error: { code: 'some_code', message: 'Some\nreason' } }, status, headers)
      const { katana, arrivals } = await open(script, { receiptOf, ...(apiKey ? { apiKey } : {}) })
      await expect(katana.images.generate(mug)).rejects.toMatchObject({
        code: 'service/refused',
        moneyState,
        context: {
          service: 'katana',
          operation: 'images.generate',
          status,
          serviceCode: 'some_code',
          reason: 'Some reason'
        }
      })
      expect(arrivals).toHaveLength(1)
    }
  )

  it('knows nothing of the money when the fetch hands out no receipts', async () => {
    const { katana } = await open((_, response) => answer(response, {}, 500))
    await expect(katana.images.generate(mug)).rejects.toMatchObject({ moneyState: 'unknown' })
  })

  it('Katana 148: reads Retry-After and does not send again', async () => {
    const { katana, arrivals, clock } = await open((_, response) =>
      answer(response, {}, 429, { 'retry-after': '7' })
    )
    await expect(katana.images.generate(mug)).rejects.toMatchObject({
      context: { status: 429, retryAfterSeconds: 7 }
    })
    expect(arrivals).toHaveLength(1)
    expect(clock.sleeps).toEqual([])
  })

  it.each([
    ['no JSON', 'nonsense'],
    ['no object', '[]'],
    ['no request id', '{"status":"processing"}'],
    ['a request id that is a path', '{"request_id":"../../v1/me","status":"processing"}'],
    ['17 MiB', `{"request_id":"a","pad":"${'x'.repeat(17 * 1024 * 1024)}"}`]
  ])('says that it does not understand an answer with %s', async (_, body) => {
    const { katana } = await open((__, response) => void response.end(body), { receiptOf })
    await expect(katana.images.generate(mug)).rejects.toMatchObject({
      code: 'service/answer-malformed',
      moneyState: 'none'
    })
  })

  it('says what is not known when an account may have been charged and the answer is lost', async () => {
    const { katana } = await open((_, response) => void response.destroy(), { apiKey: 'key:secret' })
    await expect(katana.images.generate(mug)).rejects.toMatchObject({
      code: 'service/unreachable',
      moneyState: 'unknown',
      message: expect.stringContaining('look at the balance')
    })
  })

  it('keeps the caller’s own reason for aborting', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const { katana } = await open(() => stop.abort(reason))
    await expect(katana.images.generate(mug, { signal: stop.signal })).rejects.toBe(reason)
  })
})

describe('what a submission calls', () => {
  it('hands the id to onSubmitted, and waits for it, before it asks about the job', async () => {
    const order: string[] = []
    let record = (): void => {}
    const recorded = new Promise<void>((resolve) => {
      record = resolve
    })
    const onSubmitted = vi.fn(async () => {
      await recorded
      order.push('recorded')
    })
    const { katana, clock, url } = await open(
      ({ method, path }, response) => {
        order.push(path === '/else' ? 'something else' : method)
        answer(response, envelope(method === 'POST' ? 'processing' : 'completed'))
      },
      { onSubmitted }
    )
    const result = katana.images.generate(mug).then((job) => job.result())
    await expect.poll(() => onSubmitted.mock.calls.length).toBe(1)
    // Whatever does not wait for it would be asked before this is answered.
    await fetch(`${url}/else`)
    record()
    await result
    expect(order).toEqual(['POST', 'something else', 'recorded', 'GET'])
    expect(onSubmitted).toHaveBeenCalledExactlyOnceWith({
      service: 'katana',
      model: 'gen',
      billedBecause: 'images and videos cost what is quoted, so they are paid directly',
      requestId: REQUEST_ID,
      billing: 'direct',
      submittedAtMs: clock.nowMs() - 2000
    })
  })

  it('loses no id when onSubmitted fails', async () => {
    const onSubmitted = () => Promise.reject(new Error('disk full'))
    const { katana, arrivals } = await open(processing, { onSubmitted })
    await expect(katana.images.generate(mug)).rejects.toMatchObject({
      code: 'job/unrecorded',
      moneyState: 'settled',
      context: { requestId: REQUEST_ID }
    })
    expect(arrivals).toHaveLength(1)
  })

  it('hands the caller’s options to the fetch, and the receipt’s word to the job', async () => {
    const seen: unknown[] = []
    const fetch = (url: string, init: RequestInit) => {
      seen.push(init)
      return globalThis.fetch(url, init)
    }
    const { katana } = await open(processing, { fetch, receiptOf: () => ({ moneyState: 'settled' }) })
    const job = await katana.images.generate(mug, { fetchOptions: { bursar: { labels: { run: '7' } } } })
    expect(seen[0]).toMatchObject({
      bursar: { labels: { run: '7' } },
      redirect: 'manual',
      credentials: 'omit'
    })
    expect(job.moneyState).toBe('settled')
  })

  it('pays for nothing that is free: what costs goes to one fetch, the rest to the other', async () => {
    const paying: string[] = []
    const fetch = (url: string, init: RequestInit) => {
      paying.push(`${init.method} ${new URL(url).pathname}`)
      return globalThis.fetch(url, init)
    }
    const { katana, arrivals } = await open(
      ({ method, path }, response) => {
        if (path === '/v1/models') return answer(response, {}, 402)
        answer(response, envelope(method === 'POST' ? 'processing' : 'completed'))
      },
      { fetch }
    )
    await (await katana.images.generate(mug)).result()
    await expect(katana.models.list()).rejects.toMatchObject({ code: 'service/refused', moneyState: 'none' })
    expect(paying).toEqual(['POST /v1/generation-requests'])
    expect(arrivals).toHaveLength(3)
  })
})
