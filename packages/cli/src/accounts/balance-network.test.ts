import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WalletBalance } from '@bursar/audit'
import { atomicUsdc, BASE, BursarError, type NetworkId, SOLANA_MAINNET, systemClock } from '@bursar/core'
import { type Bursar, type BursarOptions, createBursar } from 'bursar'
import { describe, expect, it, onTestFinished } from 'vitest'
import { payment } from '../../test/settled-change.js'
import { chooseBalanceNetwork } from './balance-network.js'

/** A bursar with an account on both chains. */
function withBothChains(options: Partial<BursarOptions> = {}): Bursar {
  const accounts = { evm: `0x${'11'.repeat(32)}`, solana: new Uint8Array(32).fill(3) } as const
  const bursar = createBursar({ ...accounts, limits: { payment: '1' }, ledger: 'memory', ...options })
  onTestFinished(() => bursar.close())
  return bursar
}

/** What one network holds, in atomic USDC; `unread` where it does not answer. */
const holding = (network: NetworkId, held: bigint | 'unread'): WalletBalance => ({
  network,
  address: 'a',
  ...(held === 'unread' ? { error: unanswered } : { usdc: atomicUsdc(held) })
})

const unanswered = new BursarError('rpc/unavailable', {
  message: 'It does not answer',
  context: { network: BASE, endpoints: 0, reasons: [] },
  moneyState: 'none'
})

/** A bursar whose balance at Katana was topped up from Base. */
function toppedUpFromBase(onBase: bigint | 'unread', onSolana: bigint): Bursar {
  const topUp = { ...payment, labels: { 'top-up': 'https://kat.imgnai.com' } }
  return {
    ...withBothChains(),
    async *history() {
      yield topUp
    },
    balances: async () => ({
      wallets: [holding(BASE, onBase), holding(SOLANA_MAINNET, onSolana)],
      prepaid: []
    })
  }
}

const atLeast = atomicUsdc(1_000_000n)

describe('the network of the balance that is topped up', () => {
  it.each([
    ['the last one, where it holds enough', 1_000_000n, 5_000_000n, BASE],
    ['the last one, where nobody knows what it holds', 'unread', 5_000_000n, BASE],
    ['another that holds enough, where the last one does not', 999_999n, 1_000_000n, SOLANA_MAINNET],
    ['the last one, where none holds enough', 999_999n, 0n, BASE]
  ] as const)('is %s', async (_, onBase, onSolana, chosen) => {
    expect(await chooseBalanceNetwork(toppedUpFromBase(onBase, onSolana), {}, { atLeast })).toBe(chosen)
  })
})

it('is not waited for where the chains say nothing: whoever starts a server waits for it', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => void silent.close().closeAllConnections())
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const sleeps: number[] = []
  const bursar = withBothChains({
    rpcUrls: { [BASE]: url, [SOLANA_MAINNET]: url },
    clock: {
      ...systemClock,
      sleep: (ms, signal, options) => {
        sleeps.push(ms)
        return systemClock.sleep(ms === 2_000 ? 0 : ms, signal, options)
      }
    }
  })
  expect(await chooseBalanceNetwork(bursar, {}, { withinMs: 2_000 })).toBe(undefined)
  expect(sleeps).toContain(2_000)
})
