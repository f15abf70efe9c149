import { fstatSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readDescriptor } from './read-descriptor.js'

/** An open file. */
function openFile(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-descriptor-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'secret'), text)
  return openSync(join(folder, 'secret'), 'r')
}

it('M51: a descriptor is closed once it is read, so that a program started later finds nothing', () => {
  const descriptor = openFile('correct horse\nsecond line\n')
  expect(readDescriptor(String(descriptor))).toBe('correct horse')
  expect(() => fstatSync(descriptor)).toThrow(/EBADF/)
})

it('what is no descriptor, or is not open, is said by its number', () => {
  for (const text of ['three', '-1', '', '3.5']) expect(() => readDescriptor(text)).toThrow('is a number')
  expect(() => readDescriptor('4999')).toThrow('give it with 4999<file')
})
