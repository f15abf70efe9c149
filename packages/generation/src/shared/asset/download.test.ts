import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, systemRandom } from '@bursar/core'
import { expect, it, onTestFinished } from 'vitest'
import { download } from './download.js'
import { PartFile } from './part-file.js'

it('lets go of a body that is longer than is saved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-download-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const part = await PartFile.open(join(folder, 'part'))
  onTestFinished(() => part.close())
  let isCancelled = false
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
    cancel: () => {
      isCancelled = true
    }
  })
  const downloading = download(part, {
    service: new URL('https://service.example'),
    fetch: async () => new Response(endless),
    requestId: 'req_1',
    asset: { item: 0, index: 0, kind: 'video', url: 'https://service.example/a.mp4', tags: [] },
    ...{ clock: systemClock, random: systemRandom, maxBytes: 10_000, stallMs: 10_000, retries: 0 }
  })
  await expect(downloading).rejects.toMatchObject({ code: 'asset/mismatch' })
  expect(isCancelled).toBe(true)
})

it('lets go of a body that the disk takes none of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-download-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const part = await PartFile.open(join(folder, 'part'))
  await part.close()
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    cancel: () => {
      isCancelled = true
    }
  })
  const downloading = download(part, {
    service: new URL('https://service.example'),
    fetch: async () => new Response(body),
    requestId: 'req_1',
    asset: { item: 0, index: 0, kind: 'video', url: 'https://service.example/a.mp4', tags: [] },
    ...{ clock: systemClock, random: systemRandom, maxBytes: 10_000, stallMs: 10_000, retries: 0 }
  })
  await expect(downloading).rejects.toMatchObject({ code: 'asset/unavailable' })
  expect(isCancelled).toBe(true)
})
