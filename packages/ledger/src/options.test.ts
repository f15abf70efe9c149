import { expect, it } from 'vitest'
import { memoryLedger } from './index.js'
import { postgresLedger } from './postgres.js'
import { sqliteLedger } from './sqlite.js'

it.each([
  [
    () => sqliteLedger({ file: './x.db' } as never),
    'file is not an option; there are: path, durability, clock'
  ],
  [
    () => sqliteLedger({ durability: 'power-cut' } as never),
    "durability must be 'full' or 'normal', not \"power-cut\""
  ],
  [
    () => postgresLedger({ url: 'postgres://h', timeout: 5 } as never),
    'timeout is not an option; did you mean timeoutMs?'
  ],
  [() => postgresLedger(undefined as never), 'The options must be an object, not undefined'],
  [() => memoryLedger({ clok: 1 } as never), 'clok is not an option; did you mean clock?']
])('P25: a ledger with wrong options is not opened: %#', (open, message) => {
  expect(open).toThrow(new TypeError(message))
})
