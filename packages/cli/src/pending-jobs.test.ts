import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { PendingJobs } from './pending-jobs.js'

function newJobs() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-pending-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const jobs = new PendingJobs({ BURSAR_HOME: home })
  const about = { verb: 'image', model: 'gen', prompt: 'A mug' }
  const take = (prompt = 'A mug', nowMs = Date.now()) => {
    const open = jobs.take({ prompt }, { ...about, prompt }, nowMs)
    onTestFinished(() => open.left())
    return open
  }
  return { jobs, take, folder: join(home, 'jobs') }
}

it('a command that was killed leaves what it began to the same command, under the same name', () => {
  const { jobs, take, folder } = newJobs()
  const first = take()
  first.named('job-1')
  // While it runs, it is nobody else's, also in one process.
  const other = take()
  expect(other.isResumed).toBe(false)
  other.saved()
  first.left()
  const again = take()
  expect(again.isResumed).toBe(true)
  expect(again.pending).toMatchObject({ purchase: first.pending.purchase, job: 'job-1' })
  expect(take('A jug').isResumed).toBe(false)
  expect(jobs.list()).toHaveLength(2)
  again.saved()
  expect(readdirSync(folder)).toHaveLength(1)
  expect(take().isResumed).toBe(false)
})

it('what another command is at is its own, unless it is silent: somebody else may have its number by now', () => {
  const { take, folder } = newJobs()
  const first = take()
  first.left()
  const [name = ''] = readdirSync(folder)
  const path = join(folder, name)
  // Number 1 is always there.
  writeFileSync(path, JSON.stringify({ ...first.pending, pid: 1 }))
  const second = take()
  expect(second.isResumed).toBe(false)
  second.saved()
  const long = new Date(Date.now() - 60_000)
  utimesSync(path, long, long)
  expect(take().pending.purchase).toBe(first.pending.purchase)
})

it('what a killed command had not written whole is removed, and what another is writing is not', () => {
  const { take, folder } = newJobs()
  take().saved()
  // No process has the first number, and one always has the second.
  for (const pid of [2 ** 30, 1]) writeFileSync(join(folder, `a.json.${pid}.new`), '{')
  take().saved()
  expect(readdirSync(folder)).toEqual(['a.json.1.new'])
})
