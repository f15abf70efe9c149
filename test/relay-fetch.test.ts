import { createOpenClaw } from 'bursar/openclaw'
import { createTokenhot } from 'bursar/tokenhot'
import { createTokenHub } from 'bursar/tokenhub'
import { describe, expect, it } from 'vitest'
import { relaysUnderLimits } from './relays.js'

describe.each([
  ['openclaw', createOpenClaw, 'sk-local', '/v1'],
  ['tokenhot', createTokenhot, 'sk-local', '/v1'],
  ['tokenhub', createTokenHub, 'th-local', '/api/v1']
] as const)('C56: the fetch of %s', (name, create, apiKey, path) => {
  async function open() {
    const { bursar, gateway, entries } = await relaysUnderLimits(apiKey, { payment: '10', day: '100' })
    const baseUrl = `${gateway.url}/relays/${name}`
    return { relay: create(bursar, { apiKey, baseUrl }), url: `${baseUrl}${path}/models`, entries }
  }

  it.each<[string, (url: string) => string | URL | Request]>([
    ['a text', (url) => url],
    ['a URL', (url) => new URL(url)],
    ['a Request', (url) => new Request(url)]
  ])('needs nothing beside %s, as the platform’s fetch', async (_, inputOf) => {
    const { relay, url, entries } = await open()
    const response = await relay.fetch(inputOf(url))
    expect([response.status, await response.json()]).toMatchObject([200, { data: expect.any(Array) }])
    expect(await entries()).toEqual([])
  })

  it('says that there is no URL, with a TypeError', async () => {
    const { relay } = await open()
    const call: Promise<unknown> = Reflect.apply(relay.fetch, undefined, [])
    const error = await call.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain('URL')
  })
})
