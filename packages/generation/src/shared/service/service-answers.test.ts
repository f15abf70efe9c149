import { describe, expect, it } from 'vitest'
import { readFailure } from './error-body.js'
import { moneyStateOf } from './money-state.js'
import { isFetchable, parseBaseUrl } from './origin.js'
import { isRedirect, withoutRedirects } from './redirects.js'
import { retryAfterSeconds } from './retry-after.js'

describe('Retry-After', () => {
  const now = Date.parse('2026-05-13T13:00:00Z')
  it.each([
    ['0', 0],
    ['7', 7],
    [' 7 ', 7],
    ['999999999', 86_400],
    ['Wed, 13 May 2026 13:00:30 GMT', 30],
    ['Wed, 13 May 2026 12:00:00 GMT', 0],
    ['Thu, 14 May 2027 13:00:00 GMT', 86_400],
    ['soon', undefined],
    ['', undefined],
    ['x'.repeat(100), undefined]
  ])('of %j is %j seconds', (text, seconds) => {
    expect(retryAfterSeconds(new Headers({ 'retry-after': text }), now)).toBe(seconds)
  })
})

describe('why a service rejected', () => {
  it.each([
    [{ error: { code: 'no_such_model', message: 'no such model' } }, 'no_such_model', 'no such model'],
    [{ responses: [{ error: { code: 'rejected', message: 'Too large' } }] }, 'rejected', 'Too large'],
    [{ code: 'task_not_exist', message: 'task_not_exist' }, 'task_not_exist', 'task_not_exist'],
    [{ detail: 'Not found' }, undefined, 'Not found'],
    [{ error: { message: 'Only words' } }, undefined, 'Only words']
  ])('is read from %j', (body, serviceCode, reason) => {
    expect(readFailure(JSON.stringify(body))).toEqual({
      ...(serviceCode === undefined ? {} : { serviceCode }),
      reason
    })
  })

  it('says nothing of a payment or a proof that the service repeats', () => {
    const proof = btoa(JSON.stringify({ signature: `0x${'cd'.repeat(65)}` }))
    const error = { code: proof, message: `bad ${proof}` }
    for (const body of [{ error }, { responses: [{ error }] }, error])
      expect(readFailure(JSON.stringify(body))).toEqual({ serviceCode: '…', reason: 'bad …' })
    expect(readFailure(JSON.stringify({ detail: proof }))).toEqual({ reason: '…' })
  })

  it.each([undefined, '', '<html>', '[]', '{}', '{"error":{"code":7}}'])('is not known from %j', (body) => {
    expect(readFailure(body).serviceCode).toBeUndefined()
  })
})

describe('where a service lives', () => {
  it.each([
    'https://kat.imgnai.com',
    'http://127.0.0.1:4021',
    'http://localhost:1/relays/x',
    'http://[::1]:1'
  ])('Katana 1: may be %s', (url) => {
    expect(parseBaseUrl(url).href).toContain(url)
  })

  it.each([
    'http://kat.imgnai.com',
    'ftp://127.0.0.1',
    'kat.imgnai.com',
    'https://user:secret@kat.imgnai.com',
    'https://kat.imgnai.com?x=1',
    'https://kat.imgnai.com#x',
    'http://127.0.0.1.evil.example'
  ])('Katana 1: is not %s, and the error shows no secret', (url) => {
    expect(() => parseBaseUrl(url)).toThrow(TypeError)
    expect(() => parseBaseUrl(url)).not.toThrow(/secret/)
  })

  const remote = new URL('https://kat.imgnai.com')
  const local = new URL('http://127.0.0.1:4021')
  it.each([
    ['https://k.imgnai.com/a.png', remote, true],
    ['http://k.imgnai.com/a.png', remote, false],
    ['https://127.0.0.1/a.png', remote, false],
    ['http://127.0.0.1:80/a.png', remote, false],
    ['https://localhost./a.png', remote, false],
    ['https://0/a.png', remote, false],
    ['https://[::]/a.png', remote, false],
    ['https://[::ffff:127.0.0.1]/a.png', remote, false],
    ['https://[::ffff:8.8.8.8]/a.png', remote, true],
    ['http://127.0.0.1:80/a.png', local, true],
    ['https://user:pass@k.imgnai.com/a.png', remote, false],
    ['file:///etc/passwd', local, false]
  ])('%s, named by a service at %s, may be fetched: %s', (url, service, may) => {
    expect(isFetchable(new URL(url), service)).toBe(may)
  })
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('by %i is not followed, and its body is let go', async (status) => {
    let wasFollowed = false
    const fetch = withoutRedirects(async (_url, init) => {
      wasFollowed = init?.redirect !== 'manual'
      return new Response('there', { status, headers: { location: 'https://a.example' } })
    })
    await expect(fetch('https://b.example', {})).rejects.toThrow('redirect')
    expect(wasFollowed).toBe(false)
  })

  it('is no other answer', () => {
    for (const status of [200, 300, 304, 402, 500]) expect(isRedirect({ type: 'basic', status })).toBe(false)
    expect(isRedirect({ type: 'opaqueredirect', status: 0 })).toBe(true)
  })
})

describe('the state of the money when an operation fails', () => {
  const answer = (status: number, headers: Record<string, string> = {}) =>
    new Response(null, { status, headers })
  const none = () => undefined

  it.each([
    ['an operation that is free', 'none', answer(500), none, 'none'],
    ['one that was paid before', 'settled', undefined, none, 'settled'],
    ['a fetch that pays, and let an answer through', 'fetch', answer(500), none, 'none'],
    ['a fetch of which nothing is known', 'fetch', answer(500), undefined, 'unknown'],
    ['an account, rejected', 'unknown', answer(429), undefined, 'none'],
    ['an account in trouble', 'unknown', answer(500), undefined, 'unknown'],
    ['an account that did not answer', 'unknown', undefined, undefined, 'unknown']
  ] as const)('of %s is known', (_, money, response, receiptOf, state) => {
    expect(moneyStateOf({ money }, response, receiptOf)).toBe(state)
  })

  it('is what the receipt says, or the answer’s own header', () => {
    const receiptOf = () => ({ moneyState: 'settled' }) as never
    expect(moneyStateOf({ money: 'fetch' }, answer(500), receiptOf)).toBe('settled')
    const settled = Buffer.from(JSON.stringify({ success: true, transaction: '0x1' })).toString('base64')
    expect(moneyStateOf({ money: 'fetch' }, answer(500, { 'payment-response': settled }), none)).toBe(
      'settled'
    )
    expect(moneyStateOf({ money: 'fetch' }, answer(500, { 'payment-response': '%' }), none)).toBe('unknown')
  })
})
