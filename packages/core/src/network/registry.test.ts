import { readFileSync } from 'node:fs'
import { getAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { knownAssets } from './known-assets.js'
import { knownNetworks } from './known-networks.js'
import { type Asset, BASE, type Network, SOLANA_DEVNET, SOLANA_MAINNET, SOLANA_TESTNET } from './network.js'
import { createRegistry } from './registry.js'

const mine: Asset = { network: BASE, address: `0x${'12'.repeat(20)}`, symbol: 'USDX', decimals: 6 }

describe('the registry', () => {
  it('knows exactly the networks that editors complete', () => {
    const source = readFileSync(new URL('known-network-id.ts', import.meta.url), 'utf8')
    const completed = [...source.matchAll(/'([a-z0-9]+:\w+)'/g)].map(([, id]) => id)
    expect(completed.sort()).toEqual(knownNetworks.map(({ id }) => id).sort())
  })

  it('holds addresses whose checksums are right, none twice, and an asset for each network', () => {
    for (const { network, address } of knownAssets)
      if (network.startsWith('eip155')) expect(getAddress(address)).toBe(address)
    const places = knownAssets.map(({ network, address }) => `${network}/${address.toLowerCase()}`)
    expect(new Set(places).size).toBe(knownAssets.length)
    expect(new Set(knownAssets.map(({ network }) => network))).toEqual(
      new Set(knownNetworks.map(({ id }) => id))
    )
  })

  it('X63, X126: knows the names of the first version, also for networks of which only the second had one', () => {
    const registry = createRegistry()
    const names = [
      ['ethereum', 'eip155:1'],
      ['sepolia', 'eip155:11155111'],
      ['celo', 'eip155:42220'],
      ['megaeth', 'eip155:4326'],
      ['sei-testnet', 'eip155:1328'],
      ['solana-testnet', 'solana:4uhcVJyU9pJkvQyS88uRDiswHXSCkY3z'],
      ['solana', SOLANA_MAINNET],
      ['solana-devnet', SOLANA_DEVNET],
      ['solana-mainnet-beta', SOLANA_MAINNET]
    ] as const
    for (const [name, id] of names) expect(registry.network(name)?.id).toBe(id)
    expect(registry.network('constructor')).toBeUndefined()
  })

  it('X126: has a name of its own for each network', () => {
    for (const field of ['id', 'name', 'v1Name'] as const) {
      const values = knownNetworks.flatMap((network) => network[field] ?? [])
      expect(new Set(values).size).toBe(values.length)
    }
  })

  it('finds EVM assets in any letter case and Solana mints in their own only', () => {
    const registry = createRegistry()
    for (const { network, address } of knownAssets) {
      expect(registry.asset(network, address)).toBeDefined()
      expect(registry.asset(network, address.toLowerCase()) !== undefined).toBe(network.startsWith('eip155'))
    }
  })

  it('has a dollar as the default of each network, Circle’s where there is one', () => {
    const registry = createRegistry()
    for (const { id } of knownNetworks) expect(registry.rateOf(registry.requireDefaultAsset(id))).toBe('1')
    expect(registry.defaultAsset('eip155:42220')?.symbol).toBe('USDC')
    expect(registry.defaultAsset(SOLANA_MAINNET)?.symbol).toBe('USDC')
  })

  it('takes what a user adds', () => {
    const network = { id: 'eip155:31337', family: 'eip155', name: 'Local' } as const
    const registry = createRegistry({ networks: [network], assets: [mine, { ...mine, network: network.id }] })
    expect(registry.asset(BASE, mine.address)?.symbol).toBe('USDX')
    expect(registry.defaultAsset(network.id)?.symbol).toBe('USDX')
    expect(registry.defaultAsset(BASE)?.symbol).toBe('USDC')
  })

  it('takes what is known already, and adds to it', () => {
    const known = knownAssets.find(({ network, symbol }) => network === 'eip155:43114' && symbol === 'EURC')
    if (!known) expect.unreachable('no EURC')
    const domain = { name: 'Euro Coin', version: '2' }
    const registry = createRegistry({ assets: [{ ...known, domain }] })
    expect(registry.asset(known.network, known.address)).toEqual({ ...known, domain })
  })

  it('X135: knows what a token is worth only if it is a dollar or the user has said', () => {
    const eurc = { ...mine, symbol: 'EURC', currency: 'EUR' }
    const { rateOf } = createRegistry({ assets: [eurc] }, { EURC: '1.08' })
    expect(rateOf(eurc)).toBe('1.08')
    expect(rateOf(mine)).toBeUndefined()
    expect(rateOf({ ...mine, currency: 'USD' })).toBe('1')
    expect(rateOf({ ...mine, symbol: 'toString' })).toBeUndefined()
  })

  it('X134: knows EURC by its addresses, and signs in a domain only where sources agree on one', () => {
    const { asset, defaultAsset, rateOf } = createRegistry()
    const domains = [
      [BASE, '0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42', { name: 'EURC', version: '2' }],
      ['eip155:1', '0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c', { name: 'Euro Coin', version: '2' }],
      ['eip155:43114', '0xC891EB4cbdEFf6e073e859e987815Ed1505c2ACD', undefined],
      ['eip155:84532', '0x808456652fdb597867f38412077A9182bf77359F', undefined],
      [SOLANA_MAINNET, 'HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr', undefined]
    ] as const
    for (const [network, address, domain] of domains) {
      const known = asset(network, address) ?? expect.unreachable(network)
      expect(known).toMatchObject({ symbol: 'EURC', decimals: 6, currency: 'EUR' })
      expect([known.domain, rateOf(known)]).toEqual([domain, undefined])
      expect(defaultAsset(network)?.symbol).toBe('USDC')
    }
  })

  it('rejects an addition that contradicts what is known or is malformed', () => {
    const [known] = knownAssets
    if (!known) expect.unreachable('no assets')
    for (const asset of [
      { ...known, domain: { name: 'Fake', version: '1' } },
      { ...known, decimals: 18 },
      { ...known, currency: 'EUR' },
      { ...mine, network: 'eip155:7' } as const,
      { ...mine, decimals: 1.5 },
      { ...mine, adress: '0x' },
      { ...mine, network: 'base' }
    ]) {
      expect(() => createRegistry({ assets: [asset as Asset] })).toThrow(TypeError)
    }
  })
})

it.each<[string, Network]>([
  ['is said to be for tests', { id: BASE, family: 'eip155', name: 'Base', isTest: true }],
  ['is of another family', { id: BASE, family: 'solana', name: 'Base' }],
  ['has its name taken', { id: 'eip155:84532', family: 'eip155', name: 'x', v1Name: 'base', isTest: true }],
  ['has its id taken as a name', { id: 'eip155:31337', family: 'eip155', name: 'x', v1Name: BASE }]
])('X132: a known network that %s is refused', (_what, network) => {
  expect(() => createRegistry({ networks: [network] })).toThrow(/contradicts eip155:8453/)
  const mainnet: Network = { id: BASE, family: 'eip155', name: 'Mine', isTest: false }
  expect(createRegistry({ networks: [mainnet] }).network(BASE)).toMatchObject({
    name: 'Mine',
    v1Name: 'base'
  })
  const again: Network = { id: 'eip155:84532', family: 'eip155', name: 'Mine' }
  expect(createRegistry({ networks: [again] }).network(again.id)).toMatchObject({
    name: 'Mine',
    isTest: true
  })
})

/** As viem's table has them, which is too large to be loaded here. It calls SKALE Base one too, which has a test network of its own. */
const testChainIds = [
  ...[
    51, 1328, 2201, 10143, 11124, 31611, 43113, 72344, 80002, 84532, 181228, 421614, 11142220, 11155111,
    11155420
  ],
  324705682
]

it('X132: the networks whose money is worth nothing are these, and no others', () => {
  const tests = knownNetworks.filter(({ isTest }) => isTest).map(({ id }) => id)
  const evm = testChainIds.map((chainId) => `eip155:${chainId}`)
  expect(tests.toSorted()).toEqual([...evm, SOLANA_DEVNET, SOLANA_TESTNET].toSorted())
})
