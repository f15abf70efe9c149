import { getShortU16Encoder } from '@solana/kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteReader, shortLength } from './byte-reader.js'
import { getUint, putUint } from './uint.js'

it('lengths are spelled as kit spells them, and read back', () => {
  const kit = getShortU16Encoder()
  fc.assert(
    fc.property(fc.nat(0xffff), (value) => {
      const bytes = Uint8Array.from(shortLength(value))
      expect(bytes).toEqual(new Uint8Array(kit.encode(value)))
      const reader = new ByteReader(bytes)
      expect(reader.shortLength()).toBe(value)
      expect(reader.atEnd).toBe(true)
    })
  )
})

it('a length in another spelling, too large or cut short is rejected', () => {
  for (const bytes of [[0x80, 0], [0x80, 0x80, 0], [0xff, 0xff, 0x04], [0xff, 0xff, 0xff, 1], [0x80], []]) {
    expect(() => new ByteReader(Uint8Array.from(bytes)).shortLength()).toThrow(RangeError)
  }
})

it('numbers of 64 bits are written as DataView writes them, and read back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const bytes = new Uint8Array(8)
      putUint(bytes, value)
      expect(new DataView(bytes.buffer).getBigUint64(0, true)).toBe(value)
      expect(getUint(bytes, 0)).toBe(value)
    })
  )
})
