import { describe, expect, it } from 'vitest'
import { BufferedResponse } from './buffered-response.js'
import { SharedResponse } from './shared-response.js'

const bytes = new TextEncoder().encode('bought')
const head = { status: 200, statusText: 'OK', headers: { 'x-a': '1' } }
const address = { url: new URL('http://sold.test/a'), redirected: false }

describe('an answer that is here whole, for several callers', () => {
  it('is over at once, and needs no stream', () => {
    const ends: number[] = []
    const shared = new SharedResponse(new BufferedResponse(bytes, head, address), () => ends.push(1))
    expect([ends.length, shared.open(undefined)?.bodyUsed, shared.response.bodyUsed]).toEqual([
      1,
      false,
      false
    ])
  })

  it('is of each caller its own: its bytes, its headers and its address', async () => {
    const shared = new SharedResponse(new BufferedResponse(bytes, head, address), () => {})
    const [first, second] = [shared.open(undefined), shared.open(undefined)]
    first?.headers.set('x-a', '2')
    ;(await first?.bytes())?.fill(0)
    const read = await second?.body?.getReader().read()
    read?.value?.fill(0)
    const third = shared.open(undefined)
    expect([await third?.text(), third?.headers.get('x-a'), third?.url]).toEqual([
      'bought',
      '1',
      'http://sold.test/a'
    ])
  })
})

it('of an answer that is longer than is kept, nothing is kept that was read, and nobody joins it any more', async () => {
  const ends: number[] = []
  let given = 0
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void =>
    given++ < 80 ? controller.enqueue(new Uint8Array(2 ** 20)) : controller.close()
  const shared = new SharedResponse(new Response(new ReadableStream({ pull }, { highWaterMark: 0 })), () =>
    ends.push(given)
  )
  let length = 0
  for await (const chunk of shared.open(undefined)?.body ?? []) length += chunk.byteLength
  expect([length, ends[0]]).toEqual([80 * 2 ** 20, 65])
})
