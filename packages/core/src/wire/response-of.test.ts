import { expect, it } from 'vitest'
import { responseOf } from './response-of.js'

it('an answer whose status has no body has none, whatever was read of it', async () => {
  for (const status of [204, 205, 304]) {
    const response = responseOf(new Uint8Array(), { status })
    expect([response.status, response.body]).toEqual([status, null])
  }
  expect(await responseOf('yes', { status: 200 }).text()).toBe('yes')
})

it('an answer keeps a status that fetch hands on and Response does not take', async () => {
  for (const status of [600, 999]) {
    const response = responseOf('no', { status, headers: { 'x-a': '1' } })
    expect([response.status, response.ok, response.headers.get('x-a')]).toEqual([status, false, '1'])
    expect(await response.text()).toBe('no')
  }
})
