import { x402V2 } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import { expect, it, vi } from 'vitest'
import { offerOf } from '../../test/offers.js'
import { startScriptedChain } from '../../test/scripted-chain.js'
import { signBytes } from '../../test/wallets.js'
import { readTransaction } from '../wire/transaction.js'

// What the import condition does in a browser.
vi.mock('#ed25519', () => import('../ed25519-web.js'))

const keypair = Keypair.generate()

it('a key pays through WebCrypto with the very signature that OpenSSL gives', async () => {
  const chain = await startScriptedChain()
  const payer = chain.payerOf(keypair)
  expect(await payer.address()).toBe(keypair.publicKey.toBase58())
  const prepared = await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })
  const { payload } = await prepared.sign()
  const { message, signatures } = readTransaction(Buffer.from(String(payload.transaction), 'base64'))
  expect(Buffer.from(signatures[1] ?? [])).toEqual(Buffer.from(signBytes(keypair, message)))
})

it('a damaged key is told when it is used, and not shown', async () => {
  const damaged = keypair.secretKey.slice()
  damaged[40] = (damaged[40] ?? 0) ^ 1
  const chain = await startScriptedChain()
  const payer = chain.payerOf(damaged)
  // The key of a payer that was made later has failed, so that this one's has, and nobody was told yet.
  await expect(chain.payerOf(damaged).address()).rejects.toThrow(TypeError)
  await new Promise(setImmediate)
  await expect(payer.address()).rejects.toThrow(/^The two halves/)
  await expect(payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })).rejects.toThrow(
    TypeError
  )
  expect(chain.node.calls).toEqual([])
})
