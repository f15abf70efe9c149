import { BursarError } from '@bursar/core'
import { expect, it, onTestFinished } from 'vitest'
import { AuditedLedger } from '../../test/audited-ledger.js'
import type { LedgerChange } from './ledger-change.js'
import { type WatchOptions, watchLedger } from './watch-ledger.js'

/** Watches a ledger as another process would. */
async function watch({ ledger }: Pick<AuditedLedger, 'ledger'>, options: WatchOptions = {}) {
  const end = new AbortController()
  onTestFinished(() => end.abort())
  const changes = await watchLedger(ledger, { everyMs: 10, signal: end.signal, ...options })
  const iterator = changes[Symbol.asyncIterator]()
  const next = async (): Promise<LedgerChange | undefined> => {
    const { value, done } = await iterator.next()
    return done ? undefined : value
  }
  return { next, end: () => end.abort() }
}

const words = (change: LedgerChange | undefined) =>
  change?.type === 'purchase' ? [change.purchase.id, change.was, change.state] : change?.type

it('tells nothing of what was before, and each purchase as it changes', async () => {
  const audited = new AuditedLedger()
  await audited.settle('before')
  await audited.send('open')
  const { next } = await watch(audited)
  await audited.ledger.recordEvent('open', { type: 'settled', transaction: 'tx' })
  expect(words(await next())).toEqual(['open', 'sent', 'settled'])
  await audited.ledger.recordEvent('open', { type: 'failed' })
  expect(words(await next())).toEqual(['open', 'settled', 'undelivered'])
  await audited.send('new')
  expect(words(await next())).toEqual(['new', undefined, 'sent'])
  await audited.ledger.recordEvent('new', { type: 'dead' })
  expect(words(await next())).toEqual(['new', 'sent', 'dead'])
})

it('tells what changed between two looks in the order of its making, each once', async () => {
  const audited = new AuditedLedger()
  const { next } = await watch(audited)
  for (const id of ['a', 'b', 'c']) await audited.settle(id)
  const told = [await next(), await next(), await next()]
  expect(told.map(words)).toEqual(['a', 'b', 'c'].map((id) => [id, undefined, 'settled']))
  await audited.ledger.freeze('a test')
  expect(await next()).toMatchObject({ type: 'frozen', reason: 'a test', by: 'this process' })
  await audited.ledger.freeze(undefined)
  expect(words(await next())).toBe('thawed')
})

it('misses no purchase when the clock of the ledger is set back', async () => {
  const audited = new AuditedLedger()
  await audited.settle('before')
  const { next } = await watch(audited)
  audited.clock.set(audited.clock.nowMs() - 1_800_000)
  await audited.settle('after')
  expect(words(await next())).toEqual(['after', undefined, 'settled'])
})

it('goes on after the ledger could not be read, and says so', async () => {
  const audited = new AuditedLedger()
  const down = new BursarError('ledger/unavailable', {
    message: 'The ledger cannot be read.',
    context: { reason: 'a test' },
    moneyState: 'none'
  })
  let isDown = false
  const status = async () => {
    if (isDown) throw down
    return audited.ledger.status()
  }
  const ledger = { ...audited.ledger, status }
  const told: string[] = []
  const onUnavailable = (error: BursarError<'ledger/unavailable'>): void => {
    told.push(error.code)
    isDown = false
    // A listener's mistake ends nothing.
    throw new TypeError('a mistake')
  }
  const { next } = await watch({ ledger }, { onUnavailable })
  isDown = true
  await audited.settle('meanwhile')
  expect(words(await next())).toEqual(['meanwhile', undefined, 'settled'])
  expect(told).toEqual(['ledger/unavailable'])
  const strict = await watch({ ledger })
  isDown = true
  await expect(strict.next()).rejects.toBe(down)
})

it('ends with its signal, and refuses what is no option', async () => {
  const audited = new AuditedLedger()
  const { next, end } = await watch(audited, { everyMs: 3_600_000 })
  const told = next()
  end()
  expect(await told).toBeUndefined()
  await expect(watchLedger(audited.ledger, { everyMs: 1 })).rejects.toThrow(/everyMs/)
  await expect(watchLedger(audited.ledger, { every: 1 } as WatchOptions)).rejects.toThrow(/everyMs/)
})
