import { expect, stackTest } from '@bursar/gateway/playwright'
import { createBursar } from 'bursar'

const test = stackTest({ solana: false })

test('an agent pays once for a report', async ({ stack, wallets }) => {
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
  const response = await bursar.fetch(stack.env.X402_REPORT_URL)
  expect(response.status).toBe(200)
  await bursar.close()
  await expect(wallets).toHavePaidOnce()
  await expect(wallets).toHaveSpent('0.01')
})

test('an agent pays nothing above its limit', async ({ stack, wallets }) => {
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.005' } })
  await expect(bursar.fetch(stack.env.X402_REPORT_URL)).rejects.toMatchObject({ code: 'offer/over-limit' })
  await bursar.close()
  await expect(wallets).toHaveSpent('0')
})
