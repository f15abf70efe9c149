import { systemRandom } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { done, mug, openKatanaOf as open, says } from '../../../test/katana-job.js'
import { answer, envelope, quickClock, REQUEST_ID, serve } from '../../../test/service.js'
import { createKatanaClient } from '../../katana/create-katana-client.js'

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
