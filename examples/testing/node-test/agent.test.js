import assert from 'node:assert/strict'
import { assertPaidOnce, assertSpent, stackTest } from '@bursar/gateway/node-test'
import { createBursar } from 'bursar'

const test = stackTest({ solana: false })

test('an agent pays once for a report', async ({ stack, wallets }) => {
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
  const response = await bursar.fetch(stack.env.X402_REPORT_URL)
  assert.equal(response.status, 200)
  await bursar.close()
  await assertPaidOnce(wallets)
  await assertSpent(wallets, '0.01')
})

test('an agent pays nothing above its limit', async ({ stack, wallets }) => {
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.005' } })
  await assert.rejects(bursar.fetch(stack.env.X402_REPORT_URL), { code: 'offer/over-limit' })
  await bursar.close()
  await assertSpent(wallets, '0')
})
