import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { newPath } from '../../../test/ledger-files.js'
import { DiskSync } from './disk-sync.js'

it('fails its callers where the log cannot be opened, as when a process has no descriptor left, and goes on when it can', async () => {
  const path = newPath()
  const synced: number[] = []
  const disk = new DiskSync(path, (upTo) => synced.push(upTo))
  const sync = (upTo: number): Promise<void> => {
    const waiting = disk.wait()
    disk.start(upTo, () => {})
    return waiting
  }
  await expect(sync(1)).rejects.toMatchObject({ code: 'ledger/unavailable' })
  writeFileSync(`${path}-wal`, 'log')
  await sync(2)
  disk.close()
  expect(synced).toEqual([2])
})

it('tells its callers what is on the disk also where that cannot be noted', async () => {
  const path = newPath()
  writeFileSync(`${path}-wal`, 'log')
  const disk = new DiskSync(path, () => {
    throw new Error('ENOSPC')
  })
  const waiting = disk.wait()
  const over = new Promise<void>((resolve) => disk.start(1, resolve))
  await Promise.all([waiting, over])
  disk.close()
})
