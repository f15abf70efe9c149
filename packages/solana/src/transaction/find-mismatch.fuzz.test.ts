import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyAddress, anyTransfer } from '../../test/transfers.js'
import { LIGHTHOUSE } from '../address/programs.js'
import type { Instruction } from '../wire/instruction.js'
import { buildMessage } from '../wire/message.js'
import { buildTransaction, readTransaction } from '../wire/transaction.js'
import { findMismatch } from './find-mismatch.js'
import { paymentInstructions } from './instructions.js'
import { createPaymentBuilder } from './template.js'
import type { Transfer } from './transfer.js'

const builder = createPaymentBuilder()

function mismatchOf(bytes: Uint8Array, transfer: Transfer): string | undefined {
  try {
    return findMismatch(readTransaction(bytes), transfer)
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    return 'its bytes'
  }
}

function build(transfer: Transfer, instructions: readonly Instruction[]): Uint8Array {
  const message = buildMessage(transfer.feePayer, instructions, transfer.blockhash)
  return buildTransaction(message.signers, message.bytes)
}

function same(one: unknown, two: unknown): boolean {
  return JSON.stringify(one, bigints) === JSON.stringify(two, bigints)
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

describe('what is about to be signed', () => {
  it('is found to be what was meant', () => {
    fc.assert(
      fc.property(anyTransfer, (transfer) => {
        expect(mismatchOf(builder.build(transfer), transfer)).toBeUndefined()
      })
    )
  })

  it('is rejected when any byte of its message is another', () => {
    fc.assert(
      fc.property(anyTransfer, fc.nat(), fc.integer({ min: 1, max: 255 }), (transfer, at, change) => {
        const bytes = builder.build(transfer)
        const start = bytes.length - readTransaction(bytes).message.length
        const index = start + (at % (bytes.length - start))
        bytes[index] = (bytes[index] ?? 0) ^ change
        expect(mismatchOf(bytes, transfer)).toBeTypeOf('string')
      }),
      { numRuns: 2000 }
    )
  })

  it('is rejected when it pays another amount, payee, mint or from another account, or has others pay its fee', () => {
    fc.assert(
      fc.property(anyTransfer, anyTransfer, (meant, other) => {
        const keys = [
          'amountAtomic',
          'destination',
          'mint',
          'source',
          'feePayer',
          'owner',
          'blockhash',
          'memo'
        ] as const
        for (const key of keys) {
          if (same(meant[key], other[key])) continue
          const built = createPaymentBuilder().build({ ...meant, [key]: other[key] })
          expect(mismatchOf(built, meant), key).toBeTypeOf('string')
        }
      }),
      { numRuns: 100 }
    )
  })

  it('is rejected with an instruction more, less, twice or in another place', () => {
    fc.assert(
      fc.property(anyTransfer, anyAddress, fc.nat(), (transfer, stranger, at) => {
        const instructions = paymentInstructions(transfer)
        const index = at % instructions.length
        const spend = {
          program: stranger,
          accounts: [{ address: transfer.owner, signs: true, writable: false }],
          data: new Uint8Array(1)
        }
        const [one] = instructions.slice(index)
        if (!one) throw new TypeError('There is no such instruction')
        const variants = [
          instructions.toSpliced(index, 1),
          instructions.toSpliced(index, 0, one),
          instructions.toSpliced(index, 0, spend),
          [...instructions, spend],
          instructions.toReversed()
        ]
        for (const variant of variants)
          expect(mismatchOf(build(transfer, variant), transfer)).toBeTypeOf('string')
      }),
      { numRuns: 100 }
    )
  })
})

describe('assertions that a wallet has added', () => {
  const assertion = (uses: Instruction['accounts']): Instruction => ({
    program: LIGHTHOUSE,
    accounts: uses,
    data: new Uint8Array(9)
  })

  it('are kept after the transfer, up to what facilitators take', () => {
    fc.assert(
      fc.property(anyTransfer, (transfer) => {
        const instructions = paymentInstructions(transfer)
        const added = assertion([{ address: transfer.source, signs: false, writable: false }])
        expect(mismatchOf(build(transfer, [...instructions, added]), transfer)).toBeUndefined()
        const tooMany = Array.from({ length: 8 - instructions.length }, () => added)
        expect(mismatchOf(build(transfer, [...instructions, ...tooMany]), transfer)).toBe('what follows')
        expect(mismatchOf(build(transfer, [added, ...instructions]), transfer)).toBeTypeOf('string')
      }),
      { numRuns: 100 }
    )
  })

  it('are rejected when they touch the fee payer or write to anything', () => {
    fc.assert(
      fc.property(anyTransfer, anyAddress, (transfer, stranger) => {
        const instructions = paymentInstructions(transfer)
        const touching = assertion([{ address: transfer.feePayer, signs: false, writable: false }])
        const writing = assertion([{ address: stranger, signs: false, writable: true }])
        for (const added of [touching, writing]) {
          expect(mismatchOf(build(transfer, [...instructions, added]), transfer)).toBeTypeOf('string')
        }
      }),
      { numRuns: 100 }
    )
  })
})
