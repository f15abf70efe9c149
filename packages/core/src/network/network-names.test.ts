import { describe, expect, it } from 'vitest'
import { knownNetworks } from './known-networks.js'
import { SOLANA_DEVNET, SOLANA_MAINNET } from './network.js'
import { findNetwork, nearestNetwork, rpcVariable, shortNetworkName } from './network-names.js'

describe('a network', () => {
  it.each([
    ['eip155:84532', 'eip155:84532'],
    ['base-sepolia', 'eip155:84532'],
    ['Base Sepolia', 'eip155:84532'],
    ['BASE_SEPOLIA', 'eip155:84532'],
    ['84532', 'eip155:84532'],
    ['base', 'eip155:8453'],
    ['base-mainnet', 'eip155:8453'],
    ['ethereum-sepolia', 'eip155:11155111'],
    ['sepolia', 'eip155:11155111'],
    ['arbitrum-one', 'eip155:42161'],
    ['solana-mainnet', SOLANA_MAINNET],
    ['solana-devnet', SOLANA_DEVNET]
  ])('is found by %s', (text, id) => {
    expect(findNetwork(text)?.id).toBe(id)
  })

  it.each(['', 'bsae', 'eip155:1337', 'balance:eip155:8453'])('is not found by %j', (text) => {
    expect(findNetwork(text)).toBeUndefined()
  })

  it('is found by its own word, which no other network has', () => {
    for (const network of knownNetworks) expect(findNetwork(shortNetworkName(network))).toBe(network)
    expect(new Set(knownNetworks.map(shortNetworkName)).size).toBe(knownNetworks.length)
  })

  it.each([
    ['bsae', 'base'],
    ['base-seplia', 'base-sepolia'],
    ['solan', 'solana'],
    ['polygn', 'polygon']
  ])('P40: that is misspelt %s is taken for %s', (text, name) => {
    expect(nearestNetwork(text)).toBe(name)
  })
})

it('each network has a variable of its own for its endpoint', () => {
  expect(rpcVariable('eip155:84532')).toBe('BURSAR_RPC_BASE_SEPOLIA')
  expect(rpcVariable(SOLANA_MAINNET)).toBe('BURSAR_RPC_SOLANA')
  expect(rpcVariable('eip155:137')).toBe('BURSAR_RPC_POLYGON')
  expect(rpcVariable('eip155:1337')).toBe('BURSAR_RPC_EIP155_1337')
  const all = knownNetworks.map(({ id }) => rpcVariable(id))
  expect(new Set(all).size).toBe(knownNetworks.length)
  for (const name of all) expect(name).toMatch(/^BURSAR_RPC_[A-Z0-9_]+$/)
})
