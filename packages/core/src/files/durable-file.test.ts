import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createFile, replaceFile } from './durable-file.js'
import { isFileError } from './file-error.js'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-durable-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

it('of many that create one file, one does, and nothing but its text is there', async () => {
  const folder = newFolder()
  const path = join(folder, 'key.json')
  const created = await Promise.allSettled([1, 2, 3, 4].map((number) => createFile(path, `text ${number}`)))
  const [won] = created.flatMap(({ status }, index) => (status === 'fulfilled' ? [index + 1] : []))
  const lost = created.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(lost.map((reason) => isFileError(reason, 'EEXIST'))).toEqual([true, true, true])
  expect(readFileSync(path, 'utf8')).toBe(`text ${won}`)
  expect(readdirSync(folder)).toEqual(['key.json'])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('a file is replaced whole, for its owner alone, also by many at once', async () => {
  const folder = newFolder()
  const path = join(folder, 'default')
  await Promise.all([1, 2, 3, 4].map((number) => replaceFile(path, `text ${number}`)))
  expect(readFileSync(path, 'utf8')).toMatch(/^text [1-4]$/)
  expect(readdirSync(folder)).toEqual(['default'])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('what cannot be replaced leaves no draft behind, since that holds a key', async () => {
  const folder = newFolder()
  const path = join(folder, 'is-a-folder')
  mkdirSync(join(path, 'with-something'), { recursive: true })
  await expect(replaceFile(path, 'text')).rejects.toThrow()
  await expect(createFile(path, 'text')).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['is-a-folder'])
})

it('nothing is made where there is no folder', async () => {
  const path = join(newFolder(), 'nowhere', 'key.json')
  const error = await createFile(path, 'text').catch((reason: unknown) => reason)
  expect([
    isFileError(error, 'ENOENT'),
    isFileError(error, 'EEXIST'),
    isFileError('ENOENT', 'ENOENT')
  ]).toEqual([true, false, false])
})
