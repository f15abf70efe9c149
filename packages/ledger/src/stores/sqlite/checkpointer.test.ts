import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Checkpointer } from './checkpointer.js'
import { openLedgerFile } from './ledger-file.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-checkpointer-'))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})

afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

it('copies the log for the first time half a second after a commit, and from then on after 25 ms', async () => {
  const path = join(folder, 'ledger.sqlite')
  const file = openLedgerFile(path)
  let [begun, done] = [0, 0]
  const checkpointer = new Checkpointer(path, () => {
    begun++
    return () => done++
  })
  checkpointer.touch()
  vi.advanceTimersByTime(499)
  expect(begun).toBe(0)
  vi.advanceTimersByTime(1)
  expect(begun).toBe(1)
  await expect.poll(() => done).toBe(1)
  checkpointer.touch()
  vi.advanceTimersByTime(25)
  expect(begun).toBe(2)
  await expect.poll(() => done).toBe(2)
  await checkpointer.close()
  file.close()
})

it('copies nothing of a connection that is closed before', async () => {
  let begun = 0
  const checkpointer = new Checkpointer(join(folder, 'ledger.sqlite'), () => {
    begun++
    return () => {}
  })
  checkpointer.touch()
  vi.advanceTimersByTime(400)
  await checkpointer.close()
  vi.advanceTimersByTime(10_000)
  expect(begun).toBe(0)
})
