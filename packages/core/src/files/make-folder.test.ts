import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeFolder, makeFolderSync } from './make-folder.js'

function newPlace(): string {
  const place = mkdtempSync(join(tmpdir(), 'bursar-folders-'))
  onTestFinished(() => rmSync(place, { recursive: true }))
  return place
}

const ways = [
  ['makeFolder', makeFolder],
  ['makeFolderSync', async (path: string, mode?: number) => makeFolderSync(path, mode)]
] as const

describe.each(ways)('%s', (_, make) => {
  it('makes a folder and those above it, for its owner alone, and one that is there is no error', async () => {
    const place = newPlace()
    const path = join(place, 'a', 'b', 'c')
    await make(path, 0o700)
    await make(path, 0o700)
    for (const each of ['a', 'a/b', 'a/b/c']) expect(statSync(join(place, each)).mode & 0o777).toBe(0o700)
  })

  it('makes one of many names at once, whoever is first', async () => {
    const place = newPlace()
    await Promise.all(Array.from({ length: 20 }, () => make(join(place, 'a', 'b', 'c'))))
    expect(statSync(join(place, 'a', 'b', 'c')).isDirectory()).toBe(true)
  })

  it('throws for a file, and for a link to nothing, on the way', async () => {
    const place = newPlace()
    writeFileSync(join(place, 'file'), '')
    symlinkSync(join(place, 'gone'), join(place, 'link'))
    await expect(make(join(place, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(make(join(place, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' })
    await expect(make(join(place, 'link', 'x'))).rejects.toMatchObject({ code: 'EEXIST' })
  })

  it.runIf(platform() === 'linux')('P62: throws at once where nobody can make one', async () => {
    for (const path of ['/proc/x', '/proc/x/y/z', '/proc/self/x/y'])
      await expect(make(path), path).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
