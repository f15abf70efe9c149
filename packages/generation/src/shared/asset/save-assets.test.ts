import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mp4 } from '../../../test/samples.js'
import {
  asVideo,
  image,
  imageFile,
  inPieces,
  openFinishedJob as open,
  type ServeAsset,
  sha256,
  video,
  watchedProgress,
  whole
} from '../../../test/saved-assets.js'
import { answer, REQUEST_ID } from '../../../test/service.js'

describe('saving what a job made', () => {
  it('Katana 139: downloads the original, without credentials, and returns its hash', async () => {
    const { job, arrivals, directory } = await open(whole)
    const seen: number[] = []
    const saved = await job().save(directory, { onProgress: ({ receivedBytes }) => seen.push(receivedBytes) })
    expect(saved).toEqual([
      {
        asset: expect.objectContaining({ kind: 'image' }),
        path: join(directory, imageFile),
        bytes: image.length,
        sha256: sha256(image),
        mimeType: 'image/png',
        kept: false
      }
    ])
    expect(await readFile(join(directory, imageFile))).toEqual(image)
    expect(await readdir(directory)).toEqual([imageFile])
    expect(seen.at(-1)).toBe(image.length)
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
      expect(saved).toMatchObject({ bytes: image.length })
      await expect.poll(() => warnings).toContain('Bursar called onProgress, which failed: Error: mine')
      await expect.poll(() => warnings).toContain('Bursar called onExpiring, which failed: Error: mine')
    }
  )

  it('overwrites nothing', async () => {
    const { job, directory, arrivals } = await open(whole)
    await writeFile(join(directory, imageFile), 'mine')
    await expect(job().save(directory)).rejects.toMatchObject({
      code: 'asset/exists',
      context: { path: join(directory, imageFile) }
    })
    expect(await readFile(join(directory, imageFile), 'utf8')).toBe('mine')
    const [kept] = await job().save(directory, { existing: 'keep' })
    expect(kept).toMatchObject({ kept: true, bytes: 4, sha256: sha256(Buffer.from('mine')) })
    expect(arrivals).toEqual([])
  })

  it('does not overwrite a file that appears while it downloads', async () => {
    const { job, directory } = await open((arrival, response, index) => {
      void writeFile(join(directory, imageFile), 'mine').then(() => whole(arrival, response, index))
    })
    await expect(job().save(directory)).rejects.toMatchObject({ code: 'asset/exists' })
    expect(await readFile(join(directory, imageFile), 'utf8')).toBe('mine')
  })

  it('takes a download up where it broke off', async () => {
    const { onProgress, reached } = watchedProgress()
    const { job, directory, arrivals } = await open(inPieces(2, { reached }), asVideo)
    const [saved] = await job().save(directory, { onProgress })
    expect(saved).toMatchObject({ bytes: video.length, sha256: sha256(video), mimeType: 'video/mp4' })
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
    expect(saved?.sha256).toBe(sha256(video))
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
    expect(saved?.sha256).toBe(sha256(video))
    expect(arrivals[2]?.headers.range).toBeUndefined()
  })

  it('does not take an answer that ends too early for the whole', async () => {
    const short: ServeAsset = (_, response) => {
      response.writeHead(200, { 'content-length': image.length })
      response.write(image.subarray(0, 50), () => response.destroy())
    }
    const { job, directory, arrivals } = await open(short)
    await expect(job().save(directory, { retries: 1 })).rejects.toMatchObject({ code: 'asset/unavailable' })
    expect(arrivals).toHaveLength(2)
    expect(await readdir(directory)).not.toContain(imageFile)
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
      response.writeHead(200, { 'content-length': image.length })
      response.write(image.subarray(0, 10))
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
