import { expect, it } from 'vitest'
import { leftOutHeaders } from './left-out-headers.js'

it('what was left out is named in a header, whatever a client has written there', () => {
  expect(leftOutHeaders([])).toEqual({})
  expect(leftOutHeaders(['web_search', 'computer'])).toEqual({ 'x-bursar-left-out': 'web_search, computer' })
  const odd = leftOutHeaders(['a\r\nset-cookie: b', '検索', '\u0000', 'x'.repeat(500)])
  expect(new Headers(odd).get('x-bursar-left-out')).toMatch(/^a\?set-cookie: b, \?, \?, x+$/)
  expect(odd['x-bursar-left-out']).toHaveLength(200)
})
