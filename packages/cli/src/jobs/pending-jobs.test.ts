import { mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { PendingJobs } from './pending-jobs.js'

function newJobs() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-pending-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const jobs = new PendingJobs({ BURSAR_HOME: home })
  const open = (prompt = 'A mug', nowMs = Date.now()) => {
    const job = jobs.open({ identity: { prompt }, about: { verb: 'image', model: 'gen', prompt }, nowMs })
    onTestFinished(() => job.close())
    return job
  }
  return { jobs, open, folder: join(home, 'jobs') }
}

it('a killed command leaves what it began to the same command, under the same name', () => {
  const { jobs, open, folder } = newJobs()
  const first = open()
  first.keepJob('job-1')
  // While it runs, it is no other command's, also in one process.
  const other = open()
  expect(other.isResumed).toBe(false)
  other.forget()
  first.close()
  const again = open()
  expect(again.isResumed).toBe(true)
  expect(again.pending).toMatchObject({ purchase: first.pending.purchase, job: 'job-1' })
  expect(open('A jug').isResumed).toBe(false)
  expect(jobs.list()).toHaveLength(2)
  again.forget()
  expect(readdirSync(folder)).toHaveLength(1)
  expect(open().isResumed).toBe(false)
})

it('another command keeps what it is at, unless it is silent: another process may have its number', () => {
  const { open, folder } = newJobs()
  const first = open()
  first.close()
  const [name = ''] = readdirSync(folder)
  const path = join(folder, name)
  // Process 1 always runs.
  writeFileSync(path, JSON.stringify({ ...first.pending, pid: 1 }))
  const second = open()
  expect(second.isResumed).toBe(false)
  second.forget()
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(path, longAgo, longAgo)
  expect(open().pending.purchase).toBe(first.pending.purchase)
})

it('M3: a heartbeat that lies ahead keeps nothing: the clock was set back since', () => {
  const { open, folder } = newJobs()
  const first = open()
  first.close()
  const [name = ''] = readdirSync(folder)
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify({ ...first.pending, pid: 1 }))
  const ahead = new Date(Date.now() + 540_000)
  utimesSync(path, ahead, ahead)
  expect(open().pending.purchase).toBe(first.pending.purchase)
})

it('what a killed command had not written whole is removed, and what another is writing is not', () => {
  const { open, folder } = newJobs()
  open().forget()
  // No process has the first number, and one always has the second.
  for (const pid of [2 ** 30, 1]) writeFileSync(join(folder, `a.json.${pid}.new`), '{')
  open().forget()
  expect(readdirSync(folder)).toEqual(['a.json.1.new'])
})

it('a file that is no pending job is left alone', () => {
  const { jobs, open, folder } = newJobs()
  open().forget()
  for (const [name, text] of Object.entries({ 'a.json': '{', 'b.json': '{"purchase":"p","pid":1}' }))
    writeFileSync(join(folder, name), text)
  expect(jobs.list()).toEqual([])
  expect(readdirSync(folder)).toHaveLength(2)
})

it('a job is forgotten by the name that the service gave it', () => {
  const { jobs, open } = newJobs()
  open().keepJob('job-1')
  open('A jug').keepJob('job-2')
  jobs.forget('job-1')
  expect(jobs.list().map(({ job }) => job)).toEqual(['job-2'])
})

it.each([true, false])(
  'the name of a job that is bought is written as soon as it can be, and its command goes on; saved meanwhile: %s',
  (isSaved) => {
    const { jobs, open, folder } = newJobs()
    const bought = open()
    // As good as a full disk: nothing can be written where the folder is.
    renameSync(folder, `${folder}-away`)
    writeFileSync(folder, '')
    bought.keepJob('job-1')
    rmSync(folder)
    renameSync(`${folder}-away`, folder)
    expect(jobs.list()[0]?.job).toBeUndefined()
    if (isSaved) bought.forget()
    bought.close()
    expect(jobs.list().map(({ job }) => job)).toEqual(isSaved ? [] : ['job-1'])
  }
)
