import { afterEach, expect, it, vi } from 'vitest'
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
  ...['mysql://user:secret@h/d', '127.0.0.1:5432', 'host=h password=secret'].map(
    (url): [() => unknown, string] => [
      () => postgresLedger(url),
      'url must be a URL such as postgres://user:password@host/database (its value is not shown)'
    ]
  ),
  [() => postgresLedger(undefined as never), 'The options must be an object, not undefined'],
  [() => memoryLedger({ clok: 1 } as never), 'clok is not an option; did you mean clock?']
])('P25: a ledger with wrong options is not opened: %#', (open, message) => {
  expect(open).toThrow(new TypeError(message))
})

afterEach(() => void vi.doUnmock('pg'))

it('a ledger in PostgreSQL without the package pg says what to install, and not that the database is silent', async () => {
  vi.doMock('pg', () => {
    throw new Error("Cannot find package 'pg'")
  })
  const ledger = postgresLedger('postgres://127.0.0.1:1/none')
  await expect(ledger.outstanding()).rejects.toMatchObject({
    code: 'ledger/unavailable',
    context: { reason: 'it needs the package pg, which is not there: npm install pg' }
  })
})

it('a database that cannot be reached is told with the code of the system, and without its URL', async () => {
  const error = await postgresLedger('postgres://user:secret@127.0.0.1:1/none')
    .outstanding()
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ context: { reason: 'its database does not answer (ECONNREFUSED)' } })
  expect(String(error)).not.toMatch(/secret|127\.0\.0\.1/)
})
