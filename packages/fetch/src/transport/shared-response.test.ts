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
    expect([ends.length, shared.open(undefined).bodyUsed, shared.response.bodyUsed]).toEqual([
      1,
      false,
      false
    ])
  })

  it('is of each caller its own: its bytes, its headers and its address', async () => {
    const shared = new SharedResponse(new BufferedResponse(bytes, head, address), () => {})
    const [first, second] = [shared.open(undefined), shared.open(undefined)]
    first.headers.set('x-a', '2')
    new Uint8Array(await first.arrayBuffer()).fill(0)
    const read = await second.body?.getReader().read()
    read?.value?.fill(0)
    const third = shared.open(undefined)
    expect([await third.text(), third.headers.get('x-a'), third.url]).toEqual([
      'bought',
      '1',
      'http://sold.test/a'
    ])
  })
})
