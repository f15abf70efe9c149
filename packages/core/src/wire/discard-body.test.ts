import { expect, it } from 'vitest'
import { discardBody } from './discard-body.js'

it('lets go of a body that is being sent, and minds neither one that broke off, nor one that is read, nor none', async () => {
  let reason: unknown
  const cancel = (given: unknown): void => {
    reason = given ?? 'let go'
  }
  discardBody(new Response(new ReadableStream({ cancel })))
  expect(reason).toBe('let go')
  discardBody(
    new Response(new ReadableStream({ start: (controller) => controller.error(new Error('reset')) }))
  )
  const read = new Response('text')
  const text = read.text()
  discardBody(read)
  discardBody(new Response(null, { status: 204 }))
  expect(await text).toBe('text')
})
