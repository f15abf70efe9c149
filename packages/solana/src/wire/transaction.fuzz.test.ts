import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTransfer } from '../../test/transfers.js'
import { createPaymentBuilder } from '../transaction/template.js'
import { decodeBase64, encodeBase64 } from './base64.js'
import { readSignatures, readTransaction } from './transaction.js'

describe('bytes that somebody else chose', () => {
  it('are a transaction or a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(() => readTransaction(bytes)).toThrow(RangeError)
        try {
          readSignatures(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      })
    )
  })

  it('are rejected when a transaction is cut short, longer, of another version or larger than the network carries', () => {
    fc.assert(
      fc.property(anyTransfer, fc.nat(), (transfer, at) => {
        const bytes = createPaymentBuilder().build(transfer)
        const { message } = readTransaction(bytes)
        expect(() => readTransaction(bytes.subarray(0, at % bytes.length))).toThrow(RangeError)
        expect(() => readTransaction(Uint8Array.of(...bytes, 0))).toThrow(RangeError)
        const other = bytes.slice()
        other[bytes.length - message.length] = 0x81
        expect(() => readTransaction(other)).toThrow('version 0')
        expect(() => readTransaction(new Uint8Array(1_233))).toThrow('too large')
      }),
      { numRuns: 100 }
    )
  })
})

it('base64 is as Buffer spells it, and back; anything else is none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_232 }), (bytes) => {
      const text = encodeBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(text)).toEqual(bytes)
    })
  )
  for (const value of ['é', '====', 'A', undefined, 7]) expect(decodeBase64(value)).toBeUndefined()
})
