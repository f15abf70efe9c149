import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as solana from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(solana)).toEqual(['createSolanaPayer'])
})

it('needs no chain library: importing and paying on Solana loads neither viem nor web3.js', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(manifest).toHaveProperty('peerDependenciesMeta', { '@solana/web3.js': { optional: true } })
  expect(manifest).toHaveProperty('dependencies', {
    '@bursar/core': 'workspace:*',
    '@noble/ed25519': '3.2.0',
    '@noble/hashes': '2.4.0',
    bs58: '6.0.0'
  })
})
