import { systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it, onTestFinished } from 'vitest'
import { reservation, signed } from '../../ledger/test/purchases.js'
import { boughtBy } from './run-spending.js'

it.each([-600_000, 0, 600_000])(
  'what a call has bought is found by a process whose clock is %s ms ahead of the ledger’s',
  async (aheadMs) => {
    const ledger = memoryLedger()
    onTestFinished(() => ledger.close())
    const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs }
    const call = { id: 'call-1', startedAtMs: clock.nowMs() }
    await ledger.reserve({ ...reservation('a'), labels: { call: call.id } }, { sign: () => signed })
    await ledger.noteJob({ job: 'job-1', purchase: 'a', origin: 'https://sold.test', labels: {} })
    const { job, spent } = await boughtBy({ ledger, clock }, call)
    expect([job, spent]).toEqual(['job-1', expect.stringMatching(/[1-9]/)])
  }
)
