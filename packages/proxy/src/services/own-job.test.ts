import { atomicUsdc } from '@bursar/core'
import { createAccountMeter } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { assertOwnJob } from './own-job.js'

it('a job of another service that has the same name is not told of', async () => {
  const ledger = memoryLedger()
  const meter = createAccountMeter({ ledger, limits: { payment: '1' } })
  const url = new URL('https://other.example/v1/jobs')
  const bought = await meter.open({ method: 'POST', url, maxCost: atomicUsdc(1n), labels: { agent: 'a1' } })
  await bought.attachJob('17')
  await assertOwnJob(ledger, 'a1', { job: '17', origin: url.origin })
  const missing = { status: 404 }
  const elsewhere = assertOwnJob(ledger, 'a1', { job: '17', origin: 'https://kat.imgnai.com' })
  await expect(elsewhere).rejects.toMatchObject(missing)
  const another = assertOwnJob(ledger, 'a2', { job: '17', origin: url.origin })
  await expect(another).rejects.toMatchObject(missing)
})
