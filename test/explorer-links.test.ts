import { knownNetworks } from '@bursar/core'
import * as chains from 'viem/chains'
import { expect, it } from 'vitest'
import { explorerLink } from '../packages/cli/src/text/explorer.js'

/** Explorers that viem names of each chain; it has more than one chain of some ids. */
function explorersOf(network: string): readonly string[] {
  const found = Object.values(chains).filter(({ id }) => `eip155:${id}` === network)
  return found.flatMap((chain) => {
    const explorers = 'blockExplorers' in chain ? Object.values(chain.blockExplorers ?? {}) : []
    return explorers.map(({ url }) => String(url).replace(/\/$/, ''))
  })
}

const linked = knownNetworks.flatMap(({ id }) => {
  const link = explorerLink(id, 'tx', 'ab12')
  return link === undefined ? [] : [{ id, link }]
})
const ofEvm = linked.filter(({ id }) => id.startsWith('eip155:'))

it.each(ofEvm)('the explorer of $id is the one that viem knows', ({ id, link }) => {
  expect(explorersOf(id).map((url) => `${url}/tx/ab12`)).toContain(link)
})

it('each network of Solana has its own pages, and text that is no name has none', () => {
  const pages = linked.filter(({ id }) => id.startsWith('solana:')).map(({ link }) => link)
  expect(pages.toSorted()).toEqual([
    'https://explorer.solana.com/tx/ab12',
    'https://explorer.solana.com/tx/ab12?cluster=devnet',
    'https://explorer.solana.com/tx/ab12?cluster=testnet'
  ])
  expect(explorerLink('eip155:8453', 'tx', 'a/../b')).toBeUndefined()
  expect(explorerLink('eip155:999999', 'tx', 'ab12')).toBeUndefined()
})
