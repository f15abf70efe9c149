import type { NetworkId, Purchase } from '@bursar/core'
import { expect, it } from 'vitest'
import { payments } from '../../test/purchase-states.js'
import { settledTimes } from './settled-times.js'

const END_MS = 60_000
const LEARNED_MS = 900_000

function until(network: NetworkId): Purchase {
  const { sent } = payments
  if (!('authorization' in sent)) throw new TypeError('It was sent without an authorization')
  const authorization = { ...sent.authorization, expiresAtSeconds: END_MS / 1000 }
  return { ...sent, reservedAtMs: 1_000, authorization, offer: { ...sent.offer, network } }
}

it.each<[NetworkId, number, number]>([
  ['eip155:8453', 800_000, END_MS],
  ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', 800_000, 800_000],
  ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', 30_000, 30_000],
  // No block is made after it was seen.
  ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', 1_440_000_000, LEARNED_MS]
])(
  'a payment of %s that settled at %s counts from %s, since the end of its authorization is signed, or estimated',
  (network, chainAtMs, atMs) => {
    expect(settledTimes(until(network), chainAtMs, LEARNED_MS)).toEqual({
      settledAtMs: atMs,
      countedAtMs: atMs
    })
  }
)

it('a payment whose block has no time counts from the end that was signed, and where that is estimated, not before it was seen', () => {
  const times = (network: NetworkId) => settledTimes(until(network), undefined, LEARNED_MS)
  expect(times('eip155:8453')).toEqual({ settledAtMs: END_MS, countedAtMs: END_MS })
  expect(times('solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp')).toEqual({
    settledAtMs: LEARNED_MS,
    countedAtMs: LEARNED_MS
  })
})
