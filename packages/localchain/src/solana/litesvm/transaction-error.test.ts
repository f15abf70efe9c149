import type { FailedTransactionMetadata } from 'litesvm'
import { expect, it } from 'vitest'
import { describeFailure } from './transaction-error.js'

/** Of litesvm's class, the one function that is read. */
const failing = (error: unknown) => ({ err: () => error }) as unknown as FailedTransactionMetadata
const instruction = (index: number, cause: unknown) => ({ index, err: () => cause })

it.each([
  [2, 'AccountNotFound'],
  [7, 'BlockhashNotFound'],
  [99, 'SanitizeFailure'],
  [null, 'SanitizeFailure'],
  ['text', 'SanitizeFailure'],
  [{ index: 1 }, 'SanitizeFailure'],
  [instruction(2, { code: 1 }), { InstructionError: [2, { Custom: 1 }] }],
  [instruction(0, 3), { InstructionError: [0, 'GenericError'] }],
  [instruction(0, null), { InstructionError: [0, 'GenericError'] }],
  [instruction(0, {}), { InstructionError: [0, 'GenericError'] }]
])('a failure of litesvm, %o, is written as a node writes it', (error, written) => {
  expect(describeFailure(failing(error))).toEqual(written)
})
