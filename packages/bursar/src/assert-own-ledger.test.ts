import { describe, expect, it } from 'vitest'
import { assertOwnLedger } from './assert-own-ledger.js'

const real = 'https://mainnet.base.org'

describe('P71: the ledger that nobody named', () => {
  it.each([
    { 'eip155:8453': 'http://127.0.0.1:8545' },
    { 'eip155:8453': [real, 'http://localhost:8545'] },
    { 'eip155:8453': real, 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': 'http://[::1]:8899' }
  ])('is not the user’s own beside %j', (rpcUrls) => {
    expect(() => assertOwnLedger(rpcUrls, {})).toThrow(
      "is on this machine, where tests pay, and the default ledger is your own record. Say ledger: 'memory'"
    )
  })

  it.each([undefined, {}, { 'eip155:8453': real }, { 'eip155:8453': [] }])(
    'is the user’s own beside %j',
    (rpcUrls) => {
      expect(() => assertOwnLedger(rpcUrls, {})).not.toThrow()
    }
  )

  it('may be in a folder that BURSAR_HOME names, beside any endpoint', () => {
    const rpcUrls = { 'eip155:8453': 'http://127.0.0.1:8545' }
    expect(() => assertOwnLedger(rpcUrls, { BURSAR_HOME: '/tmp/home' })).not.toThrow()
    expect(() => assertOwnLedger(rpcUrls, { BURSAR_HOME: '' })).toThrow('eip155:8453')
  })
})
