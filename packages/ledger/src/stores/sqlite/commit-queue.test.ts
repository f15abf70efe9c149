import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { WhichPending } from '../../session/write-behind-buffer.js'
import { CommitQueue } from './commit-queue.js'
import { DiskSync } from './disk-sync.js'
import { openLedgerFile } from './ledger-file.js'
import { Transactor } from './transactor.js'

/** Holds up the disk until the test lets it go, as one that is slow does. */
const disk = vi.hoisted(() => ({
  waits: 0,
  held: undefined as (() => void)[] | undefined,
  fails: undefined as Error | undefined
}))
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>()
  return {
    ...fs,
    fdatasync(file: number, done: (error: Error | null) => void) {
      disk.waits++
      if (disk.fails) done(disk.fails)
      else if (disk.held) disk.held.push(() => fs.fdatasync(file, done))
      else fs.fdatasync(file, done)
    }
  }
})
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A queue over a file, and how many transactions it has made. */
function newQueue() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-queue-'))
  const path = join(folder, 'ledger.db')
  const file = openLedgerFile(path)
  const made = { transactions: 0, late: 0 }
  const synced: number[] = []
  let late = 0
  let writesLate = false
  const hooks = {
    isPending: (which: WhichPending) => which === 'all' && late > 0,
    begin(which: WhichPending) {
      made.transactions++
      writesLate = which === 'all'
      if (writesLate) made.late += late
    },
    end() {},
    committed() {
      if (writesLate) late = 0
    },
    rolledBack() {}
  }
  const sync = new DiskSync(path, (upTo) => synced.push(upTo))
  const queue = new CommitQueue(new Transactor(file, hooks), hooks, sync, () => made.transactions)
  disk.waits = 0
  disk.held = undefined
  onTestFinished(async () => {
    for (const go of disk.held?.splice(0) ?? []) go()
    disk.held = undefined
    await queue.drain()
    queue.close()
    sync.close()
    file.close()
    rmSync(folder, { recursive: true })
  })
  const push = <Value>(run: () => Value, isDurable: boolean): Promise<Value> =>
    queue.push(run, isDurable).done
  const beLate = (): void => {
    late++
    queue.soon()
  }
  return { queue, push, made, synced, beLate, path, isLate: () => late > 0 }
}

describe('jobs', () => {
  it('that come in one turn, or in turns one after the other, share one transaction and one wait', async () => {
    const { push, made } = newQueue()
    const jobs = [push(() => 1, true), push(() => 2, true)]
    await turn()
    jobs.push(push(() => 3, true))
    expect(await Promise.all(jobs)).toEqual([1, 2, 3])
    expect([made.transactions, disk.waits]).toEqual([1, 1])
  })

  it('wait for the next turn only, when it brings no more', async () => {
    const { push, made } = newQueue()
    const job = push(() => 1, false)
    expect(made.transactions).toBe(0)
    await turn()
    expect(made.transactions).toBe(1)
    expect(await job).toBe(1)
  })

  it('of a stream without an end wait for a few turns', async () => {
    const { push, made } = newQueue()
    const jobs = [push(() => 0, true)]
    let turns = 0
    while (made.transactions === 0) {
      jobs.push(push(() => ++turns, true))
      await turn()
    }
    expect(jobs.length).toBeLessThan(8)
    await Promise.all(jobs)
  })

  it('resolve once the disk has them, where that is asked, and at the commit otherwise', async () => {
    const { push } = newQueue()
    disk.held = []
    const resolved: string[] = []
    const durable = push(() => {}, true).then(() => resolved.push('durable'))
    await push(() => {}, false)
    await turn()
    expect(resolved).toEqual([])
    for (const go of disk.held.splice(0)) go()
    await durable
    expect(resolved).toEqual(['durable'])
  })

  it('say how far the disk has come: as far as was committed when it was asked', async () => {
    const { push, synced } = newQueue()
    disk.held = []
    const first = push(() => {}, true)
    await turn()
    for (const go of disk.held.splice(0)) go()
    disk.held = undefined
    await first
    expect(synced).toEqual([1])
  })

  it('fail when the disk does', async () => {
    const { push, synced } = newQueue()
    disk.fails = Object.assign(new Error('EIO'), { code: 'EIO' })
    onTestFinished(() => {
      disk.fails = undefined
    })
    await expect(push(() => {}, true)).rejects.toMatchObject({ code: 'ledger/unavailable' })
    expect(synced).toEqual([])
  })

  it('that come while the disk is waited for are committed meanwhile, and share the next wait', async () => {
    const { push, made } = newQueue()
    disk.held = []
    const resolved: number[] = []
    const job = (value: number): Promise<number> => {
      const done = push(() => value, true)
      void done.then((each) => resolved.push(each))
      return done
    }
    const jobs = [job(1)]
    await turn()
    for (const value of [2, 3]) {
      jobs.push(job(value))
      for (let turns = 0; turns < 5; turns++) await turn()
    }
    expect([made.transactions, disk.waits, resolved]).toEqual([3, 1, []])
    for (const go of disk.held.splice(0)) go()
    disk.held = undefined
    expect(await Promise.all(jobs)).toEqual([1, 2, 3])
    expect([made.transactions, disk.waits]).toEqual([3, 2])
  })

  it('fail alone with an error of their own', async () => {
    const { push } = newQueue()
    const failing = push(() => {
      throw new TypeError('of its own')
    }, true)
    const beside = push(() => 'fine', true)
    await expect(failing).rejects.toThrow('of its own')
    expect(await beside).toBe('fine')
  })
})

describe('what nobody waits for', () => {
  it('goes along with what somebody does, or in the end by itself', async () => {
    const { push, made, beLate } = newQueue()
    beLate()
    await push(() => {}, false)
    expect(made).toEqual({ transactions: 1, late: 0 })
    await expect.poll(() => made).toEqual({ transactions: 2, late: 1 })
  })

  it('is written before the queue is drained, and so is what was gathered', async () => {
    const { queue, push, made, beLate } = newQueue()
    beLate()
    const job = push(() => 1, true)
    await queue.drain()
    expect(made).toEqual({ transactions: 1, late: 1 })
    expect(await job).toBe(1)
  })
})

describe('a file that another program holds locked', () => {
  /** Holds it until it is let go. */
  function lock(path: string): () => void {
    const holder = new Database(path)
    holder.exec('BEGIN IMMEDIATE')
    return () => {
      holder.exec('ROLLBACK')
      holder.close()
    }
  }

  it('M38: is tried again while this thread goes on, and written when it is free', async () => {
    const { push, path } = newQueue()
    const free = lock(path)
    let isDone = false
    const job = push(() => {}, false).then(() => {
      isDone = true
    })
    for (let turns = 0; turns < 200; turns++) await turn()
    expect(isDone).toBe(false)
    free()
    await job
  })

  it('M38: fails anyone who has waited for five seconds', async () => {
    const { push, path } = newQueue()
    const free = lock(path)
    onTestFinished(free)
    const startedMs = performance.now()
    await expect(push(() => {}, false)).rejects.toMatchObject({
      code: 'ledger/unavailable',
      context: { reason: 'another program holds its file locked' }
    })
    expect(performance.now() - startedMs).toBeGreaterThan(4_500)
  })

  it('is not asked for a job that was taken back', async () => {
    const { queue, path, push } = newQueue()
    const free = lock(path)
    let ran = 0
    const taken = queue.push(() => ran++)
    taken.abandon()
    const kept = push(() => ran++, false)
    free()
    await kept
    expect(ran).toBe(1)
  })

  it('M4: has what is pending when it is free, without anybody asking', async () => {
    const { path, beLate, isLate } = newQueue()
    const free = lock(path)
    beLate()
    for (let turns = 0; turns < 200; turns++) await turn()
    expect(isLate()).toBe(true)
    free()
    await expect.poll(isLate).toBe(false)
  })
})
