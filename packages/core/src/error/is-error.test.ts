import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { isError } from './is-error.js'

it('an error is one in each realm, also where a signal is aborted by it', () => {
  const stop = new AbortController()
  stop.abort()
  const foreign: unknown = runInNewContext('new TypeError("theirs")')
  expect(foreign instanceof Error).toBe(false)
  for (const error of [new TypeError('ours'), foreign, stop.signal.reason]) expect(isError(error)).toBe(true)
  for (const other of [undefined, null, 'words', {}, { name: 'Error', message: 'none' }])
    expect(isError(other)).toBe(false)
})
