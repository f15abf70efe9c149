import { stackTest } from '@bursar/gateway/vitest'
import { createBursar } from 'bursar'
import { expect, onTestFinished, vi } from 'vitest'

const test = stackTest({ solana: { slotTimeMs: 50 } })

const chains = [
  ['Base', 'eip155:8453'],
  ['Solana', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp']
] as const

for (const [name, network] of chains) {
  test(`P79: a test that stubs fetch still has its payments settled on ${name}`, async ({
    stack,
    wallets
  }) => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('This test lets nothing out')))
    onTestFinished(() => void vi.unstubAllGlobals())
    const bursar = createBursar({ ...wallets.options, limits: { payment: '0.01' }, prefer: [network] })
    expect((await bursar.fetch(stack.env.X402_REPORT_URL)).status).toBe(200)
    await bursar.close()
    await expect(wallets).toHavePaidOnce()
  })
}
