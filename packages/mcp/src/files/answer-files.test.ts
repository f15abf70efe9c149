import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { AnswerFiles } from './answer-files.js'

const MIB = 1024 * 1024

function newFiles() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-answers-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const folder = join(home, 'files')
  return { folder, files: new AnswerFiles(folder) }
}

/** So many bytes, a MiB at a time. */
async function* zeros(count: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < count; sent += MIB) yield new Uint8Array(Math.min(MIB, count - sent))
}

describe('answers that are saved', () => {
  const keepFree = { extension: 'bin', isPaid: false }
  const keepPaid = { extension: 'bin', isPaid: true }
  const answer = (count: number) => ({ start: new Uint8Array(), chunks: zeros(count) })

  it('M58: are for their owner alone, and cut by what they cost', async () => {
    const { folder, files } = newFiles()
    const free = await files.keep(answer(20 * MIB), keepFree)
    expect(free).toMatchObject({ bytes: 8 * MIB, isCut: true })
    const paid = await files.keep(answer(20 * MIB), keepPaid)
    expect(paid).toMatchObject({ bytes: 20 * MIB, isCut: false })
    expect(statSync(paid.path).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('M58: are bounded in all, free ones removed first, the oldest first', async () => {
    const { folder, files } = newFiles()
    const paid = await files.keep(answer(60 * MIB), keepPaid)
    const frees: string[] = []
    for (let each = 0; each < 26; each++) frees.push((await files.keep(answer(8 * MIB), keepFree)).path)
    const left = new Set(readdirSync(folder).map((name) => join(folder, name)))
    const bytes = [...left].reduce((sum, path) => sum + statSync(path).size, 0)
    expect(bytes).toBeLessThanOrEqual(256 * MIB)
    expect([left.has(paid.path), left.has(frees[0] ?? ''), left.has(frees.at(-1) ?? '')]).toEqual([
      true,
      false,
      true
    ])
  })

  it('M58: are bounded when many arrive at once', async () => {
    const { folder, files } = newFiles()
    await Promise.all(Array.from({ length: 6 }, () => files.keep(answer(64 * MIB), keepPaid)))
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    expect(bytes).toBeLessThanOrEqual(256 * MIB)
  })

  it('are whole where the disk takes a part of them at a time', async () => {
    const { folder, files } = newFiles()
    await files.prepare()
    const probe = await open(join(folder, 'probe'), 'w')
    const handles = Object.getPrototypeOf(probe)
    await probe.close()
    const { write } = handles
    const partly = vi.spyOn(handles, 'write').mockImplementation(function (this: unknown, chunk) {
      return write.call(this, chunk instanceof Uint8Array ? chunk.subarray(0, 1) : chunk)
    })
    onTestFinished(() => partly.mockRestore())
    const kept = await files.keep(answer(2 * MIB), keepPaid)
    expect([kept.bytes, statSync(kept.path).size]).toEqual([2 * MIB, 2 * MIB])
  })

  it('keep their place though others could not be written', async () => {
    const { folder, files } = newFiles()
    await files.prepare()
    rmSync(folder, { recursive: true })
    for (let each = 0; each < 201; each++) await expect(files.keep(answer(1), keepPaid)).rejects.toThrow()
    mkdirSync(folder)
    const { path } = await files.keep(answer(1), keepPaid)
    expect(statSync(path).size).toBe(1)
  })

  it('have whole paths, since a model does not know the folder that the program runs in', async () => {
    const { folder } = newFiles()
    expect(await new AnswerFiles(relative(process.cwd(), folder)).prepare()).toBe(folder)
  })

  it('M58: are in a folder of the temporary one by default, which is nobody else’s', async () => {
    const folder = await new AnswerFiles().prepare()
    expect(folder.startsWith(join(tmpdir(), 'bursar-files-'))).toBe(true)
    expect(statSync(folder).mode & 0o077).toBe(0)
  })
})
