import { BursarError, type JobNote } from '@bursar/core'
import { expect, it } from 'vitest'
import { katanaRequests } from './katana-requests.js'

const call = { labels: { agent: 'a' }, signal: new AbortController().signal, onPurchase() {} }
const request = { body: {}, bytes: new TextEncoder().encode('{}') }

/** Requests to a service that has taken the money, and a ledger that fails by now. */
function paid(job: string) {
  const noted: JobNote[] = []
  const payer = {
    agent: 'a',
    bursar: {
      fetch: async () => Response.json({ request_id: job }),
      receiptOf: () => undefined,
      history: () => expect.unreachable(),
      find: () => expect.unreachable()
    },
    katana: { origin: 'https://kat.example' },
    async noteJob(note: JobNote) {
      noted.push(note)
      throw new BursarError('ledger/unavailable', {
        message: 'The disk is full. Without a record nothing is paid.',
        context: { reason: 'the disk is full' },
        moneyState: 'none'
      })
    }
  }
  return { noted, forward: () => katanaRequests(payer).forward('/generation-requests', request, call) }
}

it('says of a job that is paid for, and whose id the ledger could not keep, what it is and where the money is', async () => {
  const { forward } = paid('job-1')
  await expect(forward()).rejects.toMatchObject({
    code: 'job/unrecorded',
    moneyState: 'settled',
    message: expect.stringContaining('job-1 is paid for'),
    context: { requestId: 'job-1' },
    cause: { code: 'ledger/unavailable' }
  })
})

it('hands on an answer whose job has a name that nobody could ask after', async () => {
  const { forward, noted } = paid('a\0b')
  expect(await (await forward())?.json()).toEqual({ request_id: 'a\0b' })
  expect(noted).toEqual([])
})
