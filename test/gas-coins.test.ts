import { gasCoinOf, knownNetworks } from '@bursar/core'
import * as chains from 'viem/chains'
import { expect, it } from 'vitest'

const ofEvm = knownNetworks.filter(({ family }) => family === 'eip155')

it.each(ofEvm)('the coin of $name is the one that viem knows', ({ id }) => {
  const found = Object.values(chains).filter((chain) => `eip155:${chain.id}` === id)
  const { symbol, decimals } = gasCoinOf(id)
  expect(found.map(({ nativeCurrency }) => nativeCurrency)).toContainEqual(
    expect.objectContaining({ symbol, decimals })
  )
})

it('the coin of Solana is SOL, and that of a network that nobody knows has no name', () => {
  expect(gasCoinOf('solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp')).toEqual({ symbol: 'SOL', decimals: 9 })
  expect(gasCoinOf('eip155:999999')).toEqual({ symbol: 'gas', decimals: 18 })
})
