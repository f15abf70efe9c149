import { describe, expect, it } from 'vitest'
import { BufferedResponse } from './buffered-response.js'

const bytes = new TextEncoder().encode('\uFEFF{"a":"ü"}')
const head = { status: 201, statusText: 'Made', headers: { 'content-type': 'application/json', 'x-a': '1' } }
const address = { url: new URL('http://sold.test/a?b=1'), redirected: true }
const both = (): [ours: Response, platforms: Response] => [
  new BufferedResponse(bytes, head, address),
  new Response(bytes, head)
]

/** What a read gives, or the kind of error that it throws. */
async function outcome(read: Promise<unknown>): Promise<unknown> {
  return read.catch((error: Error) => error.name)
}

it('a response made of bytes has its URL', () => {
  const [ours] = both()
  expect([ours.url, ours.redirected]).toEqual(['http://sold.test/a?b=1', true])
})

describe("a response made of bytes behaves as the platform's own:", () => {
  it('is one', () => {
    const [ours] = both()
    expect(ours).toBeInstanceOf(Response)
    expect([ours.status, ours.statusText, ours.ok, ours.headers.get('x-a'), ours.bodyUsed]).toEqual([
      201,
      'Made',
      true,
      '1',
      false
    ])
  })

  it.each(['text', 'json', 'arrayBuffer', 'blob'] as const)('reads by %s, once', async (method) => {
    const [ours, platforms] = both()
    for (let time = 0; time < 2; time++) {
      const [mine, theirs] = await Promise.all([outcome(ours[method]()), outcome(platforms[method]())])
      if (mine instanceof Blob && theirs instanceof Blob) {
        expect([mine.type, await mine.text()]).toEqual([theirs.type, await theirs.text()])
      } else expect(mine).toEqual(theirs)
      expect([ours.bodyUsed, platforms.bodyUsed]).toEqual([true, true])
    }
  })

  it('gives bytes that the caller may change', async () => {
    // A Buffer, as sockets give: its slice is no copy.
    const buffer = Buffer.from(bytes)
    const make = (): Response => new BufferedResponse(buffer, head, address)
    const [first, second] = [make(), make()]
    new Uint8Array(await first.arrayBuffer()).fill(0)
    expect(await second.text()).toBe('{"a":"ü"}')
  })

  it('streams, and what is locked or streamed cannot be read again', async () => {
    const [ours] = both()
    const reader = ours.body?.getReader()
    expect((await reader?.read())?.value).toEqual(bytes)
    expect(ours.bodyUsed).toBe(true)
    expect(await outcome(ours.text())).toBe('TypeError')
  })

  it('has a used stream once it was read', async () => {
    const [ours] = both()
    await ours.text()
    expect((await ours.body?.getReader().read())?.done).toBe(true)
  })

  it('can be cloned before it is read and not after', async () => {
    const [ours] = both()
    const copy = ours.clone()
    expect([copy.url, copy.redirected]).toEqual([ours.url, ours.redirected])
    ours.headers.set('x-a', '2')
    expect([copy.headers.get('x-a'), ours.headers.get('x-a')]).toEqual(['1', '2'])
    expect([await copy.text(), await ours.text()]).toEqual(['{"a":"ü"}', '{"a":"ü"}'])
    expect(() => ours.clone()).toThrow(TypeError)
    const [streamed] = both()
    expect(streamed.body?.locked).toBe(false)
    expect(await streamed.clone().text()).toBe('{"a":"ü"}')
  })

  it('is a form where it says so', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const form = new BufferedResponse(new TextEncoder().encode('a=1&b=2'), { ...head, headers }, address)
    expect((await form.formData()).get('b')).toBe('2')
  })

  it('fails on text that is not JSON as the platform does', async () => {
    const ours = new BufferedResponse(new TextEncoder().encode('not json'), head, address)
    expect(await outcome(ours.json())).toBe('SyntaxError')
  })
})
