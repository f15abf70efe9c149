import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mp4, png } from '../../../test/samples.js'
import {
  type Arrival,
  answer,
  completed,
  envelope,
  quickClock,
  REQUEST_ID,
  serve,
  still
} from '../../../test/service.js'
import { createKatanaClient } from '../../katana/create-katana-client.js'
import type { Job } from '../job/job.js'

const picture = Buffer.from(png(64, 64))
const film = Buffer.from(mp4(300_000))
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

type ServeAsset = (arrival: Arrival, response: ServerResponse, index: number) => void

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'bursar-save-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** A service with one finished job, and a host for its assets. */
async function open(serveAsset: ServeAsset, asset: object = {}) {
  let fetched = 0
  const assets = await serve((arrival, response) => serveAsset(arrival, response, fetched++))
  const { url } = await serve((_, response) =>
    answer(response, envelope('completed', [completed(assets.url, asset)]))
  )
  const clock = quickClock()
  const katana = createKatanaClient({ baseUrl: url, clock, random: still, apiKey: 'key:hush' })
  const job = (): Job => katana.jobs.resume(REQUEST_ID)
  return { job, clock, arrivals: assets.arrivals, assets, katana, directory: await folder() }
}

const whole: ServeAsset = (_, response) =>
  void response.writeHead(200, { 'content-type': 'image/png' }).end(picture)
const asVideo = { kind: 'video', mime_type: 'video/mp4' }
const name = `${REQUEST_ID}-0-0.png`

/** Serves a video with ranges, and breaks off after so many bytes, as often as the test says. */
function inPieces(
  breaks: number,
  { etag = '"one"', bytes = film, reached = async () => undefined }: Pieces = {}
): ServeAsset {
  return ({ headers }, response, index) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
    const isSame = headers['if-range'] === undefined || headers['if-range'] === etag
    const from = isSame ? start : 0
    const body = bytes.subarray(from)
    const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}
    response.writeHead(from > 0 ? 206 : 200, { etag, 'content-length': body.length, ...range })
    if (index >= breaks) return void response.end(body)
    response.write(body.subarray(0, 100_000), () => {
      void reached(from + 100_000).then(() => response.destroy())
    })
  }
}

/** What is served in pieces, and how it is known that a piece has arrived. */
interface Pieces {
  readonly etag?: string
  readonly bytes?: Buffer
  readonly reached?: (bytes: number) => Promise<unknown>
}

/** Says when so many bytes were saved: a connection that is destroyed sooner drops what is still on its way. */
function watchedProgress() {
  let received = 0
  return {
    onProgress: ({ receivedBytes }: { readonly receivedBytes: number }): void => {
      received = receivedBytes
    },
    reached: async (bytes: number): Promise<unknown> =>
      expect.poll(() => received).toBeGreaterThanOrEqual(bytes)
  }
}

describe('saving what a job made', () => {
  it('Katana 139: downloads the original, without credentials, and returns its hash', async () => {
    const { job, arrivals, directory } = await open(whole)
    const seen: number[] = []
    const saved = await job().save(directory, { onProgress: ({ receivedBytes }) => seen.push(receivedBytes) })
    expect(saved).toEqual([
      {
        asset: expect.objectContaining({ kind: 'image' }),
        path: join(directory, name),
        bytes: picture.length,
        sha256: sha256(picture),
        mimeType: 'image/png',
        kept: false
      }
    ])
    expect(await readFile(join(directory, name))).toEqual(picture)
    expect(await readdir(directory)).toEqual([name])
    expect(seen.at(-1)).toBe(picture.length)
    expect(arrivals.map(({ path }) => path)).toEqual(['/original.png'])
    expect(JSON.stringify(arrivals[0]?.headers)).not.toMatch(/hush|x-api|authorization|cookie/i)
  })

  it.each(['throws', 'rejects'])(
    'P29: a listener that %s neither ends the process nor stops what is paid for',
    async (how) => {
      const { job, directory } = await open(whole, { expires_at: '2000-01-01T00:00:00Z' })
      const warnings: string[] = []
      const note = ({ message }: Error): void => void warnings.push(message)
      process.on('warning', note)
      onTestFinished(() => void process.off('warning', note))
      const broken = (): never => {
        if (how === 'throws') throw new Error('mine')
        return Promise.reject(new Error('mine')) as never
      }
      const [saved] = await job().save(directory, { onProgress: broken, onExpiring: broken, retries: 0 })
      expect(saved).toMatchObject({ bytes: picture.length })
      await expect.poll(() => warnings).toContain('Bursar called onProgress, which failed: Error: mine')
      await expect.poll(() => warnings).toContain('Bursar called onExpiring, which failed: Error: mine')
    }
  )

  it('overwrites nothing', async () => {
    const { job, directory, arrivals } = await open(whole)
    await writeFile(join(directory, name), 'mine')
    await expect(job().save(directory)).rejects.toMatchObject({
      code: 'asset/exists',
      context: { path: join(directory, name) }
    })
    expect(await readFile(join(directory, name), 'utf8')).toBe('mine')
    const [kept] = await job().save(directory, { existing: 'keep' })
    expect(kept).toMatchObject({ kept: true, bytes: 4, sha256: sha256(Buffer.from('mine')) })
    expect(arrivals).toEqual([])
  })

  it('does not overwrite a file that appears while it downloads', async () => {
    const { job, directory } = await open((arrival, response, index) => {
      void writeFile(join(directory, name), 'mine').then(() => whole(arrival, response, index))
    })
    await expect(job().save(directory)).rejects.toMatchObject({ code: 'asset/exists' })
    expect(await readFile(join(directory, name), 'utf8')).toBe('mine')
  })

  it('takes a download up where it broke off', async () => {
    const { onProgress, reached } = watchedProgress()
    const { job, directory, arrivals } = await open(inPieces(2, { reached }), asVideo)
    const [saved] = await job().save(directory, { onProgress })
    expect(saved).toMatchObject({ bytes: film.length, sha256: sha256(film), mimeType: 'video/mp4' })
    expect(arrivals.map(({ headers }) => headers.range)).toEqual([
      undefined,
      'bytes=100000-',
      'bytes=200000-'
    ])
    expect(arrivals[1]?.headers['if-range']).toBe('"one"')
    expect(await readdir(directory)).toEqual([`${REQUEST_ID}-0-0.mp4`])
  })

  it('resumes what an earlier process has left', async () => {
    const { onProgress, reached } = watchedProgress()
    const { job, directory, arrivals } = await open(inPieces(1, { reached }), asVideo)
    await expect(job().save(directory, { retries: 0, onProgress })).rejects.toMatchObject({
      code: 'asset/unavailable',
      moneyState: 'settled'
    })
    expect((await readdir(directory)).every((each) => each.startsWith('.'))).toBe(true)
    const [saved] = await job().save(directory)
    expect(saved?.sha256).toBe(sha256(film))
    expect(arrivals[1]?.headers.range).toBe('bytes=100000-')
  })

  it('begins again when the file has changed meanwhile', async () => {
    const other = Buffer.from(mp4(200_000).fill(9, 64))
    const { job, directory } = await open(
      (arrival, response, index) =>
        index === 0
          ? inPieces(1)(arrival, response, 0)
          : inPieces(0, { etag: '"two"', bytes: other })(arrival, response, index),
      asVideo
    )
    const [saved] = await job().save(directory)
    expect(saved).toMatchObject({ bytes: other.length, sha256: sha256(other) })
  })

  it('begins again when the rest is of a file of another length', async () => {
    const { job, directory, arrivals } = await open((arrival, response, index) => {
      if (index === 1) {
        return void response
          .writeHead(206, { 'content-range': 'bytes 100000-100009/100010' })
          .end(Buffer.alloc(10))
      }
      inPieces(1)(arrival, response, index)
    }, asVideo)
    const [saved] = await job().save(directory)
    expect(saved?.sha256).toBe(sha256(film))
    expect(arrivals[2]?.headers.range).toBeUndefined()
  })

  it('does not take an answer that ends too early for the whole', async () => {
    const short: ServeAsset = (_, response) => {
      response.writeHead(200, { 'content-length': picture.length })
      response.write(picture.subarray(0, 50), () => response.destroy())
    }
    const { job, directory, arrivals } = await open(short)
    await expect(job().save(directory, { retries: 1 })).rejects.toMatchObject({ code: 'asset/unavailable' })
    expect(arrivals).toHaveLength(2)
    expect(await readdir(directory)).not.toContain(name)
  })

  it.each([
    ['another type', Buffer.from('GIF89a, or so it says')],
    ['an error page', Buffer.from('<html>Sorry</html>')],
    ['nothing', Buffer.alloc(0)]
  ])('keeps nothing when %s comes instead', async (_, bytes) => {
    const { job, directory } = await open((__, response) => void response.end(bytes))
    await expect(job().save(directory)).rejects.toMatchObject({
      code: 'asset/mismatch',
      moneyState: 'settled'
    })
    expect(await readdir(directory)).toEqual([])
  })

  it('stops at a bound', async () => {
    const { job, directory } = await open(inPieces(0), asVideo)
    await expect(job().save(directory, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'asset/mismatch' })
    expect(await readdir(directory)).toEqual([])
  })

  it('gives up on a server that sends nothing more', async () => {
    const { job, directory } = await open((_, response) => {
      response.writeHead(200, { 'content-length': picture.length })
      response.write(picture.subarray(0, 10))
    })
    await expect(job().save(directory, { stallMs: 50, retries: 0 })).rejects.toMatchObject({
      code: 'asset/unavailable',
      context: { reason: 'no byte came for too long' }
    })
  })

  it('honours Retry-After of the host', async () => {
    const { job, directory, clock } = await open((arrival, response, index) =>
      index === 0 ? answer(response, {}, 429, { 'retry-after': '5' }) : whole(arrival, response, index)
    )
    await job().save(directory)
    expect(clock.sleeps).toEqual([5000])
  })
})

describe('expiry', () => {
  const soon = { expires_at: '2026-05-13T13:30:00Z' }
  const past = { expires_at: '2026-05-13T12:00:00Z' }

  it('warns of what has less than an hour to live', async () => {
    const { job, directory } = await open(whole, soon)
    const left: number[] = []
    await job().save(directory, { onExpiring: (_, leftMs) => left.push(leftMs) })
    expect(left).toEqual([30 * 60_000])
  })

  it('does not warn of what has longer', async () => {
    const { job, directory } = await open(whole)
    const left: number[] = []
    await job().save(directory, { onExpiring: (_, leftMs) => left.push(leftMs) })
    expect(left).toEqual([])
  })

  it.each([
    [410, {}, 'asset/expired'],
    [403, past, 'asset/expired'],
    [404, past, 'asset/expired'],
    [403, soon, 'asset/unavailable'],
    [402, past, 'asset/unavailable']
  ])('Katana 143: a %i with %o is %s, and is not asked again', async (status, asset, code) => {
    const { job, directory, arrivals } = await open((_, response) => answer(response, {}, status), asset)
    await expect(job().save(directory)).rejects.toMatchObject({ code })
    expect(arrivals).toHaveLength(1)
  })
})

describe('where assets may come from', () => {
  it.each([
    'http://example.com/a.png',
    'file:///etc/passwd',
    'ftp://example.com/a.png',
    'https://u:p@example.com/a'
  ])('rejects %s', async (url) => {
    const { job, directory, arrivals } = await open(whole, { original_data_url: url })
    await expect(job().save(directory)).rejects.toMatchObject({ code: 'asset/insecure' })
    expect(arrivals).toEqual([])
  })

  it('does not let a service elsewhere point at this machine', async () => {
    const inside = await serve((_, response) => void response.end(picture))
    const fetch = async () => Response.json(envelope('completed', [completed(inside.url)]))
    const katana = createKatanaClient({ plainFetch: fetch, clock: quickClock(), random: still })
    await expect(katana.jobs.resume(REQUEST_ID).save(await folder())).rejects.toMatchObject({
      code: 'asset/insecure'
    })
    expect(inside.arrivals).toEqual([])
  })

  it('holds redirects to the same rules, and follows them within bounds', async () => {
    const { job, directory, arrivals } = await open((arrival, response, index) => {
      if (arrival.path === '/original.png') return void response.writeHead(302, { location: '/moved' }).end()
      whole(arrival, response, index)
    })
    await job().save(directory)
    expect(arrivals.map(({ path }) => path)).toEqual(['/original.png', '/moved'])
    const evil = await open(
      (_, response) => void response.writeHead(302, { location: 'http://example.com/' }).end()
    )
    await expect(evil.job().save(evil.directory)).rejects.toMatchObject({ code: 'asset/insecure' })
    const endless = await open((_, response) => void response.writeHead(302, { location: '/again' }).end())
    await expect(endless.job().save(endless.directory)).rejects.toMatchObject({ code: 'asset/unavailable' })
    expect(endless.arrivals).toHaveLength(6)
  })

  it('says so when there is no URL', async () => {
    const { job, directory } = await open(whole, { original_data_url: '', url: '' })
    await expect(job().save(directory)).rejects.toMatchObject({ code: 'asset/unavailable' })
  })
})
