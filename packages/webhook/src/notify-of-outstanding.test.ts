import { BursarError } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it, onTestFinished } from 'vitest'
import { reservation, signed } from '../../ledger/test/purchases.js'
import type { Notification } from './notification.js'
import { notificationOfChange } from './notification-of-change.js'
import { notifyOfOutstanding } from './notify-of-outstanding.js'

it('tells once of a payment that is out for too long, and of a ledger’s changes without what is private', async () => {
  const ledger = memoryLedger()
  onTestFinished(() => ledger.close())
  const told: Notification[] = []
  const end = new AbortController()
  let looks = 0
  const unavailable = new BursarError('ledger/unavailable', {
    message: 'The ledger cannot be read.',
    context: { reason: 'a test' },
    moneyState: 'none'
  })
  const watched = {
    outstanding: async () => {
      looks += 1
      if (looks === 4) end.abort()
      // A ledger that cannot be read for a moment.
      if (looks === 2) throw unavailable
      return ledger.outstanding()
    }
  }
  await ledger.reserve({ ...reservation('a'), path: '/hidden-word' }, { sign: () => signed })
  const webhook = { notify: (notification: Notification) => void told.push(notification) }
  await notifyOfOutstanding(watched, webhook, { afterMs: 0, everyMs: 10, signal: end.signal })
  expect(told).toMatchObject([
    { type: 'payment.outstanding', id: 'outstanding_a', data: { purchase: 'a', state: 'signed' } }
  ])
  const settled = await ledger.recordEvent('a', { type: 'settled', transaction: '0xe' })
  const change = { type: 'purchase', atMs: 1, state: 'settled', purchase: settled } as const
  const labelled = { ...settled, labels: { 'top-up': 'katana', agent: 'research', note: 'hidden-word' } }
  expect(notificationOfChange(change)).toMatchObject({ type: 'payment.settled', id: 'settled_a' })
  expect(notificationOfChange({ ...change, purchase: labelled })).toMatchObject({
    type: 'balance.topped-up',
    data: { purchase: 'a', host: 'a.example', transaction: '0xe', agent: 'research' }
  })
  expect(notificationOfChange({ ...change, was: 'undelivered' })).toBeUndefined()
  expect(notificationOfChange({ ...change, state: 'sent' })).toBeUndefined()
  const undelivered = { ...change, state: 'undelivered' } as const
  expect(notificationOfChange({ ...undelivered, was: 'settled' })).toBeUndefined()
  // What the chain has taken after its call had failed is told once, too.
  for (const was of ['sent', undefined] as const)
    expect(notificationOfChange({ ...undelivered, ...(was && { was }) })).toMatchObject({
      type: 'payment.settled',
      id: 'settled_a'
    })
  expect(JSON.stringify([...told, notificationOfChange({ ...change, purchase: labelled })])).not.toMatch(
    /hidden-word|that-pays/
  )
})
