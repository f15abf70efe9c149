import { inspect } from 'node:util'
import { x402V2 } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { expect, it } from 'vitest'
import { offerOf } from '../test/offers.js'
import { startScriptedChain } from '../test/scripted-chain.js'
import type { SolanaAccount } from './index.js'

const keypair = Keypair.generate()
const { secretKey } = keypair
const seed = secretKey.slice(0, 32)

/** Every spelling in which a key could slip out. */
const spellings = [secretKey, seed].flatMap((bytes) => [
  bs58.encode(bytes),
  Buffer.from(bytes).toString('hex'),
  Buffer.from(bytes).toString('base64'),
  Buffer.from(bytes).toString('base64url'),
  [...bytes].join(','),
  [...bytes].join(', ')
])

function show(value: unknown): string {
  return [
    inspect(value, { depth: 20, showHidden: true }),
    JSON.stringify(value, bigints),
    String(value)
  ].join('\n')
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

it.each<[string, SolanaAccount]>([
  ['base58', bs58.encode(secretKey)],
  ['a JSON array', JSON.stringify([...secretKey])],
  ['bytes', secretKey],
  ['a seed', seed]
])('no object that a user can hold shows a key given as %s', async (_, account) => {
  const chain = await startScriptedChain()
  const payer = chain.payerOf(account)
  const prepared = await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })
  const payment = await prepared.sign()
  const error = await payer.getSettlementStatus(payment).catch((reason: unknown) => reason)
  for (const held of [payer, prepared, payment, error]) {
    const shown = show(held)
    for (const spelling of spellings) expect(shown).not.toContain(spelling)
  }
})
