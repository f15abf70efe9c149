import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BASE, SOLANA_MAINNET, systemClock } from '@bursar/core'
import { createBursar } from 'bursar'
import { expect, it, onTestFinished } from 'vitest'
import { chooseBalanceNetwork } from './balance-network.js'

it('is not waited for where the chains say nothing: whoever starts a server waits for it', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => void silent.close().closeAllConnections())
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const sleeps: number[] = []
  const bursar = createBursar({
    evm: `0x${'11'.repeat(32)}`,
    solana: new Uint8Array(32).fill(3),
    limits: { payment: '1' },
    ledger: 'memory',
    rpcUrls: { [BASE]: url, [SOLANA_MAINNET]: url },
    clock: {
      ...systemClock,
      sleep: (ms, signal, options) => {
        sleeps.push(ms)
        return systemClock.sleep(ms === 2_000 ? 0 : ms, signal, options)
      }
    }
  })
  onTestFinished(() => bursar.close())
  expect(await chooseBalanceNetwork(bursar, {}, { withinMs: 2_000 })).toBe(undefined)
  expect(sleeps).toContain(2_000)
})
