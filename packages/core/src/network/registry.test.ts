import { readFileSync } from 'node:fs'
import { getAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { circleAssets, circleNetworks } from './circle-usdc.js'
import { type Asset, BASE } from './network.js'
import { createRegistry } from './registry.js'

const mine: Asset = { network: BASE, address: `0x${'12'.repeat(20)}`, symbol: 'EURC', decimals: 6 }

describe('the registry', () => {
  it('knows exactly the networks that editors complete', () => {
    const source = readFileSync(new URL('known-network-id.ts', import.meta.url), 'utf8')
    const completed = [...source.matchAll(/'([a-z0-9]+:\w+)'/g)].map(([, id]) => id)
    expect(completed.sort()).toEqual(circleNetworks.map(({ id }) => id).sort())
  })

  it('holds addresses whose checksums are right, one asset for each network', () => {
    for (const { network, address } of circleAssets)
      if (network.startsWith('eip155')) expect(getAddress(address)).toBe(address)
    expect(new Set(circleAssets.map(({ network }) => network)).size).toBe(circleNetworks.length)
  })

  it('finds EVM assets in any letter case and Solana mints in their own only', () => {
    const registry = createRegistry()
    for (const { network, address } of circleAssets) {
      expect(registry.asset(network, address)).toBeDefined()
      expect(registry.asset(network, address.toLowerCase()) !== undefined).toBe(network.startsWith('eip155'))
    }
  })

  it('takes what a user adds', () => {
    const network = { id: 'eip155:31337', family: 'eip155', name: 'Local' } as const
    const registry = createRegistry({ networks: [network], assets: [mine, { ...mine, network: network.id }] })
    expect(registry.asset(BASE, mine.address)?.symbol).toBe('EURC')
    expect(registry.defaultAsset(network.id)?.symbol).toBe('EURC')
    expect(registry.defaultAsset(BASE)?.symbol).toBe('USDC')
  })

  it('rejects an addition that contradicts what is known or is malformed', () => {
    const [known] = circleAssets
    if (!known) expect.unreachable('no assets')
    for (const asset of [
      { ...known, domain: { name: 'Fake', version: '1' } },
      { ...mine, network: 'eip155:7' } as const,
      { ...mine, decimals: 1.5 },
      { ...mine, adress: '0x' },
      { ...mine, network: 'base' }
    ]) {
      expect(() => createRegistry({ assets: [asset as Asset] })).toThrow(TypeError)
    }
  })
})
