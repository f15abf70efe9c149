import { expect, it } from 'vitest'
import { finalFrameOf } from './final-frame.js'

it('lets go of the body of an answer that is no frame', async () => {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    cancel: () => {
      isCancelled = true
    }
  })
  const url = 'http://127.0.0.1:9/last.png'
  const asset = { item: 0, index: 0, kind: 'video', url, finalFrameUrl: url, tags: [] } as const
  const found = finalFrameOf(
    asset,
    new URL('http://127.0.0.1:9'),
    async () => new Response(body, { status: 404 })
  )
  await expect(found).rejects.toMatchObject({ code: 'asset/unavailable' })
  expect(isCancelled).toBe(true)
})
