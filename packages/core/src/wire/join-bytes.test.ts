import { expect, it } from 'vitest'
import { joinBytes } from './join-bytes.js'

it('joins parts in their order, in memory that nothing else is in', () => {
  const pool = Buffer.from('xxabcx')
  const joined = joinBytes([pool.subarray(2, 4), new Uint8Array(), pool.subarray(4, 5)])
  expect([Buffer.from(joined).toString(), joined.buffer.byteLength]).toEqual(['abc', 3])
  expect(joinBytes([])).toEqual(new Uint8Array())
})
