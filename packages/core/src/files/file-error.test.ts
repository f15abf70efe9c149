import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { isFileError } from './file-error.js'

it('an error of the file system is one also where it comes from another context', () => {
  const foreign: unknown = runInNewContext('Object.assign(new Error("no such file"), { code: "ENOENT" })')
  expect([isFileError(foreign, 'ENOENT'), isFileError(foreign, 'EEXIST')]).toEqual([true, false])
})
