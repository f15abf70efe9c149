import { posix, win32 } from 'node:path'
import { expect, it } from 'vitest'
import { isWholePath } from './default-path.js'

it.each([
  ['C:\\data', true],
  ['c:/data', true],
  ['\\\\server\\share\\data', true],
  ['\\data', false],
  ['/data', false],
  ['C:data', false],
  ['data', false]
])(
  'a folder of the ledger on Windows is the same from everywhere, with a drive or a server: %s',
  (path, isWhole) => {
    expect(isWholePath(path, win32)).toBe(isWhole)
  }
)

it('elsewhere it begins with a slash', () => {
  expect(isWholePath('/data', posix)).toBe(true)
  expect(isWholePath('data', posix)).toBe(false)
})
