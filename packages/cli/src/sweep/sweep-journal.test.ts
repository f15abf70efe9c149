import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SignedSweep } from '@bursar/core'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../usage-error.js'
import { SweepJournal } from './sweep-journal.js'

const signed: SignedSweep = {
  network: 'eip155:8453',
  asset: '0xusdc',
  from: '0xfrom',
  to: '0xto',
  amountAtomic: 5n,
  transaction: '0xhash',
  feePayer: '0xfrom',
  bytes: '0xbytes',
  endsAt: 7n
}
const NAME = 'eip155-8453-0xfrom-token.json'

function stage() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-sweeps-'))
  const folder = join(home, 'sweeps')
  return { home, folder, path: join(folder, NAME), journal: new SweepJournal({ BURSAR_HOME: home }) }
}

describe('the journal of sweeps', () => {
  test('finds what it keeps, leaves no draft, and forgets it', async () => {
    const { journal, folder } = stage()
    expect(await journal.find(signed)).toBeUndefined()
    const authorized = { ...signed, reference: '0xnonce', validBefore: 9n }
    await journal.keep(authorized)
    expect(await journal.find(signed)).toEqual(authorized)
    expect(readdirSync(folder)).toEqual([NAME])
    await journal.forget(signed)
    expect(readdirSync(folder)).toEqual([])
  })

  test('forgets no transfer of another run', async () => {
    const { journal } = stage()
    const next = { ...signed, transaction: '0xnext', bytes: '0xnext' }
    await journal.keep(next)
    await journal.forget(signed)
    expect(await journal.find(signed)).toEqual(next)
  })

  test('keeps one transfer at a time, and leaves the first as it is', async () => {
    const { journal, folder } = stage()
    await journal.keep(signed)
    const kept = journal.keep({ ...signed, to: '0xelsewhere' })
    await expect(kept).rejects.toThrow('Another sweep of this wallet is going on')
    expect(await journal.find(signed)).toEqual(signed)
    expect(readdirSync(folder)).toEqual([NAME])
  })

  test('of many that keep one at once, one does', async () => {
    const { journal } = stage()
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => journal.keep(signed)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('does not say that another sweep is going on when the disk cannot be written', async () => {
    const { journal, home } = stage()
    writeFileSync(join(home, 'sweeps'), '')
    const error = await journal.keep(signed).catch((each: unknown) => each)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(UsageError)
  })

  for (const text of [
    '',
    '{"network":"eip155:8453"',
    JSON.stringify({ ...signed, amountAtomic: 'x', endsAt: '7' }),
    // An authorization whose end is not known.
    JSON.stringify({ ...signed, amountAtomic: '5', endsAt: '7', reference: '0xnonce' })
  ])
    test(`throws for a damaged file (${text.slice(-20)}), and leaves it where it is`, async () => {
      const { journal, folder, path } = stage()
      mkdirSync(folder)
      writeFileSync(path, text)
      await expect(journal.find(signed)).rejects.toThrow('is damaged')
      expect(readFileSync(path, 'utf8')).toBe(text)
    })

  test('throws for a file that cannot be read', async () => {
    const { journal, path } = stage()
    mkdirSync(path, { recursive: true })
    await expect(journal.find(signed)).rejects.toThrow('cannot be read')
  })
})
