import { expect, it } from 'vitest'
import { bodyChunks } from './body-chunks.js'

it('a body is read chunk by chunk, and none is nothing', async () => {
  const chunks: number[] = []
  const body = new Blob([new Uint8Array([1, 2]), new Uint8Array([3])]).stream()
  for await (const chunk of bodyChunks({ body })) chunks.push(...chunk)
  expect(chunks).toEqual([1, 2, 3])
  for await (const _ of bodyChunks({ body: null })) throw new TypeError('there is none')
})

it('who stops reading a body lets go of it, and goes on though it never says that it was cancelled', async () => {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(1)),
    cancel() {
      isCancelled = true
      return new Promise(() => {})
    }
  })
  for await (const _ of bodyChunks({ body })) break
  expect(isCancelled).toBe(true)
})
