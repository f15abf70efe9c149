import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TAKE_UP_MS } from './call-journal.js'
import { callKey } from './call-key.js'
import type { CallRecord } from './call-record.js'
import { FolderJournal } from './folder-journal.js'
import { MemoryJournal } from './memory-journal.js'

function newFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'bursar-journal-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return join(home, 'calls')
}

function recordOf(id: string, changes: Partial<CallRecord> = {}): CallRecord {
  const key = callKey({ agent: 'mcp', tool: 'pay_url', request: { url: 'https://a.example' } })
  return { id, key, agent: 'mcp', tool: 'pay_url', startedAtMs: systemClock.nowMs(), ...changes }
}

describe.each([
  ['in a folder', () => new FolderJournal(newFolder(), systemClock)],
  ['in memory', () => new MemoryJournal(systemClock)]
])('a journal of calls %s', (_, newJournal) => {
  it('has one open call of equal ones, until its result is delivered', async () => {
    const journal = newJournal()
    const first = recordOf('one')
    expect(await journal.begin(first)).toEqual(first)
    expect(await journal.begin(recordOf('two'))).toEqual(first)
    const ended = { ...first, job: 'job-1', outcome: { output: { text: 'four' } } }
    await journal.update(ended)
    expect(await journal.begin(recordOf('three'))).toEqual(ended)
    await journal.deliver(ended)
    const next = recordOf('four')
    expect(await journal.begin(next)).toEqual(next)
    expect(await journal.find('one')).toEqual(ended)
    expect(await journal.find('job-1')).toEqual(ended)
    expect(await journal.find('nobody')).toBeUndefined()
  })

  it('lets no late word of an earlier call change the next one', async () => {
    const journal = newJournal()
    const first = recordOf('one')
    await journal.begin(first)
    await journal.drop(first)
    const next = recordOf('two')
    await journal.begin(next)
    await journal.update({ ...first, outcome: { failure: 'late' } })
    await journal.deliver(first)
    await journal.drop(first)
    expect(await journal.begin(recordOf('three'))).toEqual(next)
  })

  it('takes no call up that began more than a day ago', async () => {
    const journal = newJournal()
    await journal.begin(recordOf('old', { startedAtMs: systemClock.nowMs() - TAKE_UP_MS }))
    expect(await journal.begin(recordOf('new'))).toMatchObject({ id: 'new' })
  })
})

describe('a journal in a folder', () => {
  it('is for its owner alone, and is read by the next process', async () => {
    const folder = newFolder()
    const first = recordOf('one')
    await new FolderJournal(folder, systemClock).begin(first)
    const [name = ''] = readdirSync(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    expect(await new FolderJournal(folder, systemClock).begin(recordOf('two'))).toEqual(first)
  })

  it('gives one record also to those that find an old one at once', async () => {
    for (let round = 0; round < 20; round++) {
      const folder = newFolder()
      const old = recordOf('old', { startedAtMs: systemClock.nowMs() - TAKE_UP_MS })
      await new FolderJournal(folder, systemClock).begin(old)
      const begun = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          new FolderJournal(folder, systemClock).begin(recordOf(`new-${index}`))
        )
      )
      expect(new Set(begun.map(({ id }) => id)).size, `round ${round}`).toBe(1)
    }
  })

  it('begins no call anew while the process that claimed an old one does not go on, and the next time does', async () => {
    const folder = newFolder()
    const journal = new FolderJournal(folder, systemClock)
    await journal.begin(recordOf('old', { startedAtMs: systemClock.nowMs() - TAKE_UP_MS }))
    writeFileSync(join(folder, 'old-old.draft'), '')
    await expect(journal.begin(recordOf('new'))).rejects.toThrow('does not go on')
    expect(await journal.begin(recordOf('new'))).toMatchObject({ id: 'new' })
  })

  it('gives processes that begin equal calls at once one record', async () => {
    const folder = newFolder()
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        new FolderJournal(folder, systemClock).begin(recordOf(`call-${n}`))
      )
    )
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1)
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('keeps a hundred delivered results, and goes on where a record cannot be read', async () => {
    const folder = newFolder()
    const journal = new FolderJournal(folder, systemClock)
    for (let n = 0; n < 105; n++) {
      const record = await journal.begin(recordOf(`call-${n}`))
      await journal.deliver(record)
    }
    expect(readdirSync(folder)).toHaveLength(100)
    const { key } = recordOf('x')
    writeFileSync(join(folder, `open-${key}.json`), '{')
    expect(await journal.begin(recordOf('next'))).toMatchObject({ id: 'next' })
  })

  it('removes its own old files, and nothing else that is in the folder', async () => {
    const folder = newFolder()
    mkdirSync(folder)
    const others = ['ledger.sqlite', 'policy.json', 'open-mine.json', 'letter.draft', 'notes.txt']
    const own = [`open-${'a'.repeat(64)}.json`, 'delivered-one.json', 'old-two.draft']
    const drafts = ['1b4e28ba-2fa1-11d2-883f-0016d3cca427.draft']
    const old = new Date(systemClock.nowMs() - 2 * TAKE_UP_MS)
    for (const name of [...others, ...own, ...drafts]) {
      writeFileSync(join(folder, name), '{}')
      utimesSync(join(folder, name), old, old)
    }
    const journal = new FolderJournal(folder, systemClock)
    await journal.deliver(await journal.begin(recordOf('new')))
    expect(readdirSync(folder).toSorted()).toEqual(['delivered-new.json', ...others].toSorted())
  })
})

it('equal calls have one key, whatever the order of their arguments, and no two agents share one', () => {
  const key = callKey({ agent: 'a', tool: 't', request: { x: 1, y: { b: 2, a: [1, 2] } } })
  expect(callKey({ agent: 'a', tool: 't', request: { y: { a: [1, 2], b: 2 }, x: 1 } })).toBe(key)
  for (const other of [
    { agent: 'b', tool: 't', request: { x: 1, y: { b: 2, a: [1, 2] } } },
    { agent: 'a', tool: 'u', request: { x: 1, y: { b: 2, a: [1, 2] } } },
    { agent: 'a', tool: 't', request: { x: 1, y: { b: 2, a: [2, 1] } } }
  ])
    expect(callKey(other)).not.toBe(key)
})
