import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { CommitQueue, type Durability } from './commit-queue.js'
import { openLedgerFile } from './ledger-file.js'

/** Holds up the disk until the test lets it go, as one that is slow does. */
const disk = vi.hoisted(() => ({ waits: 0, held: undefined as (() => void)[] | undefined }))
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>()
  return {
    ...fs,
    fdatasync(file: number, done: (error: Error | null) => void) {
      disk.waits++
      if (disk.held) disk.held.push(() => fs.fdatasync(file, done))
      else fs.fdatasync(file, done)
    }
  }
})

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A queue over a file, and how many transactions it has made. */
function newQueue(durability: Durability = 'full') {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-queue-'))
  const path = join(folder, 'ledger.db')
  const file = openLedgerFile(path)
  const made = { transactions: 0, late: 0 }
  let late = 0
  const queue = new CommitQueue(file, path, durability, {
    isPending: (all) => all && late > 0,
    begin(all) {
      made.transactions++
      if (all) made.late += late
      if (all) late = 0
    },
    end() {},
    done() {}
  })
  disk.waits = 0
  disk.held = undefined
  onTestFinished(async () => {
    disk.held = undefined
    await queue.drain()
    queue.close()
    file.close()
    rmSync(folder, { recursive: true })
  })
  const beLate = (): void => {
    late++
    queue.soon()
  }
  return { queue, made, beLate }
}

describe('jobs', () => {
  it('that come in one turn, or in turns one after the other, share one transaction and one wait', async () => {
    const { queue, made } = newQueue()
    const jobs = [queue.push(() => 1, true), queue.push(() => 2, true)]
    await turn()
    jobs.push(queue.push(() => 3, true))
    expect(await Promise.all(jobs)).toEqual([1, 2, 3])
    expect([made.transactions, disk.waits]).toEqual([1, 1])
  })

  it('wait for the next turn only, when it brings no more', async () => {
    const { queue, made } = newQueue('normal')
    const job = queue.push(() => 1, true)
    expect(made.transactions).toBe(0)
    await turn()
    expect(made.transactions).toBe(1)
    expect(await job).toBe(1)
  })

  it('of a stream without an end wait for a few turns', async () => {
    const { queue, made } = newQueue('normal')
    const jobs = [queue.push(() => 0, true)]
    let turns = 0
    while (made.transactions === 0) {
      jobs.push(queue.push(() => ++turns, true))
      await turn()
    }
    expect(jobs.length).toBeLessThan(8)
    await Promise.all(jobs)
  })

  it('resolve once the disk has them, where that is asked, and at the commit otherwise', async () => {
    const { queue } = newQueue()
    disk.held = []
    const resolved: string[] = []
    const durable = queue.push(() => {}, true).then(() => resolved.push('durable'))
    await queue.push(() => {}, false)
    await turn()
    expect(resolved).toEqual([])
    for (const go of disk.held.splice(0)) go()
    await durable
    expect(resolved).toEqual(['durable'])
  })

  it('that come while the disk is waited for go together into the next transaction', async () => {
    const { queue, made } = newQueue()
    disk.held = []
    const first = queue.push(() => 1, true)
    await turn()
    const next = [queue.push(() => 2, true)]
    for (let turns = 0; turns < 5; turns++) await turn()
    next.push(queue.push(() => 3, true))
    expect(made.transactions).toBe(1)
    for (const go of disk.held.splice(0)) go()
    disk.held = undefined
    expect(await Promise.all([first, ...next])).toEqual([1, 2, 3])
    expect([made.transactions, disk.waits]).toEqual([2, 2])
  })

  it('fail alone with an error of their own', async () => {
    const { queue } = newQueue()
    const failing = queue.push(() => {
      throw new TypeError('of its own')
    }, true)
    const beside = queue.push(() => 'fine', true)
    await expect(failing).rejects.toThrow('of its own')
    expect(await beside).toBe('fine')
  })
})

describe('what nobody waits for', () => {
  it('goes along with what somebody does, or in the end by itself', async () => {
    const { queue, made, beLate } = newQueue('normal')
    beLate()
    await queue.push(() => {}, false)
    expect(made).toEqual({ transactions: 1, late: 0 })
    await expect.poll(() => made).toEqual({ transactions: 2, late: 1 })
  })

  it('is written before the queue is drained, and so is what was gathered', async () => {
    const { queue, made, beLate } = newQueue()
    beLate()
    const job = queue.push(() => 1, true)
    await queue.drain()
    expect(made).toEqual({ transactions: 1, late: 1 })
    expect(await job).toBe(1)
  })
})
