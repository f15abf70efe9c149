import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { noteSaved, savedFilesOf } from './saved-files.js'

function newHome() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'bursar-saved-')))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return { home, env: { BURSAR_HOME: home } }
}

it('knows the files of a job by their real paths, whatever the service called it', async () => {
  const { home, env } = newHome()
  mkdirSync(join(home, 'out'))
  symlinkSync(join(home, 'out'), join(home, 'way'))
  writeFileSync(join(home, 'out', 'a.png'), 'png')
  const job = '../../job\u0000'
  await noteSaved(env, job, [{ path: join(home, 'way', 'a.png'), bytes: 3, sha256: 'ab' }])
  const files = savedFilesOf(env)
  expect(await files(job)).toEqual([{ path: join(home, 'out', 'a.png'), bytes: 3, sha256: 'ab' }])
  expect(await files('another')).toEqual([])
})

it('leaves out a note that cannot be written, and one that is damaged', async () => {
  const { home, env } = newHome()
  await noteSaved(env, 'gone', [{ path: join(home, 'gone.png'), bytes: 3, sha256: 'ab' }])
  expect(await savedFilesOf(env)('gone')).toEqual([])
  writeFileSync(join(home, 'b.png'), 'png')
  await noteSaved(env, 'job', [{ path: join(home, 'b.png'), bytes: 3, sha256: 'ab' }])
  writeFileSync(join(home, 'saved', 'x'), '')
  rmSync(join(home, 'saved'), { recursive: true })
  writeFileSync(join(home, 'saved'), 'no folder')
  await noteSaved(env, 'job', [{ path: join(home, 'b.png'), bytes: 3, sha256: 'ab' }])
  expect(await savedFilesOf(env)('job')).toEqual([])
})
