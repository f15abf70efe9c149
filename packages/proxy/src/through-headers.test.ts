import { Agents } from '@bursar/local-server'
import { expect, it } from 'vitest'
import { headersBack, headersThrough } from './through-headers.js'

const token = 'a-token-of-the-tests'
const agents = new Agents([{ name: 'one', token }])
const encoded = Buffer.from(`me:${token}`).toString('base64')

it('what a request asks for goes through, and what is about its connection, a page, a payment or this proxy does not', () => {
  const kept = {
    accept: 'image/png',
    range: 'bytes=0-4',
    'if-none-match': '"x"',
    'content-type': 'text/plain',
    authorization: 'Bearer for-the-upstream',
    'x-api-key': 'for-the-upstream',
    'x-own': '1, 2'
  }
  const ours = {
    connection: 'keep-alive, X-Hop',
    'x-hop': '1',
    te: 'trailers',
    expect: '100-continue',
    host: 'a',
    cookie: 'a=1',
    'accept-encoding': 'br',
    'content-encoding': 'gzip',
    'payment-signature': 'x',
    'x-payment': 'x',
    'sign-in-with-x': 'x',
    'x-bursar-x': 'x'
  }
  const tokens = { 'x-a': token, 'x-b': `Token token="${token}"`, 'x-c': `Basic ${encoded}` }
  expect(headersThrough({ ...kept, ...ours, ...tokens }, agents)).toEqual(kept)
})

it('what an upstream answers goes back, but what its connection, its encoding and its origin in a browser were', () => {
  const kept = {
    'content-range': 'bytes 0-4/9',
    'accept-ranges': 'bytes',
    etag: '"x"',
    location: '/there',
    'retry-after': '3',
    'www-authenticate': 'Basic realm="x"',
    'x-own': 'y'
  }
  const dropped = {
    'content-encoding': 'gzip',
    'content-length': '3',
    'set-cookie': 'a=1',
    'access-control-allow-origin': '*',
    'strict-transport-security': 'max-age=9',
    connection: 'x-hop',
    'x-hop': '1',
    'payment-response': 'x',
    'x-bursar-cost': '0'
  }
  expect(headersBack(new Headers({ ...kept, ...dropped, vary: 'accept' }))).toEqual({
    ...kept,
    vary: 'accept, origin'
  })
})

it('a length goes back where it is that of what the client is sent', () => {
  expect(headersBack(new Headers({ 'content-length': '3' }))).toEqual({ 'content-length': '3' })
  const events = { 'content-length': '3', 'content-type': 'text/event-stream' }
  expect(headersBack(new Headers(events))).toEqual({ 'content-type': 'text/event-stream' })
})

it.each(['zstd', 'gzip, zstd', 'identity', Array(6).fill('gzip').join(',')])(
  'an encoding that nobody undid goes back with its body: %s',
  (encoding) => {
    const headers = { 'content-encoding': encoding, 'content-length': '3' }
    expect(headersBack(new Headers(headers))).toEqual(headers)
  }
)

it.each(['br', 'x-gzip', 'GZIP , br'])('an encoding that was undone does not: %s', (encoding) => {
  expect(headersBack(new Headers({ 'content-encoding': encoding, 'content-length': '3' }))).toEqual({})
})
