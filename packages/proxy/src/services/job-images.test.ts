import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '@bursar/generation/katana'
import { problemOf } from '@bursar/local-server'
import { expect, it } from 'vitest'
import { imagesOfJob } from './job-images.js'

const MIB = 1024 * 1024
const given = new AbortController().signal

/** A job whose images are of some sizes, and how many of them were saved. */
function jobOf(sizes: readonly number[]) {
  const saved: string[] = []
  const assets = sizes.map((_, index) => ({
    item: 0,
    index,
    kind: 'image',
    url: `https://x/${index}.png`,
    tags: []
  }))
  const job: Pick<Job, 'requestId' | 'result' | 'save'> = {
    requestId: 'job_1',
    result: async () => ({
      requestId: 'job_1',
      status: 'completed',
      isDone: true,
      items: [],
      assets,
      failures: []
    }),
    async save(folder, { onProgress, signal } = {}) {
      const files = []
      for (const [index, asset] of assets.entries()) {
        signal?.throwIfAborted()
        const path = join(String(folder), `${index}.png`)
        await mkdir(String(folder), { recursive: true })
        await writeFile(path, `image ${index}`)
        saved.push(path)
        onProgress?.({ asset, receivedBytes: sizes[index] ?? 0 })
        files.push({ asset, path, bytes: 7, sha256: '', kept: false })
      }
      return files
    }
  }
  return { saved, job: job as Job }
}

it('hands the images of a job out, which are downloaded once', async () => {
  const { saved, job } = jobOf([9 * MIB, 9 * MIB])
  const images = await imagesOfJob(job, given)
  const bytes = await Promise.all(images.map((image) => image.bytes()))
  expect(bytes.map((each) => Buffer.from(each).toString())).toEqual(['image 0', 'image 1'])
  expect(saved).toHaveLength(2)
})

it('holds the images of a job together to one bound, and says how they are had all the same', async () => {
  const { saved, job } = jobOf([100 * MIB, 100 * MIB, 100 * MIB])
  const [image] = await imagesOfJob(job, given)
  expect(await image?.bytes().catch(problemOf)).toMatchObject({
    code: 'image_failed',
    moneyState: 'settled',
    message: expect.stringMatching(/larger than \d+ bytes together\. bursar jobs resume job_1 saves/)
  })
  expect(saved).toHaveLength(2)
})
