import { BASE, type SignedPayment } from '@bursar/core'
import { createWalletClient, http } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import type { EvmAccount } from '../index.js'
import { createEvmAuditor } from './evm-auditor.js'

const account = privateKeyToAccount(generatePrivateKey())
const payment: SignedPayment = {
  network: BASE,
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  payer: account.address,
  payTo: '0x1111111111111111111111111111111111111111',
  amountAtomic: 1n,
  reference: `0x${'12'.repeat(32)}`,
  expiresAtSeconds: 1,
  expiry: 1n,
  payload: {}
}
const auditorOf = (of: EvmAccount) =>
  createEvmAuditor({ account: of, rpcUrls: { [BASE]: 'http://127.0.0.1:1' } })

it.each<[string, EvmAccount]>([
  ['that only signs data', { address: account.address, signTypedData: account.signTypedData }],
  [
    'of a wallet client whose wallet keeps its key',
    createWalletClient({ account: account.address, transport: http('http://127.0.0.1:1') })
  ]
])('an account %s cancels nothing, and the error says that the payment can still settle', async (_, of) => {
  await expect(auditorOf(of).cancel?.(payment)).rejects.toMatchObject({
    code: 'purchase/not-cancellable',
    moneyState: 'sent',
    context: { reason: expect.stringContaining('only signs data') }
  })
})

it.each<[string, EvmAccount]>([
  ['a viem account', account],
  [
    'a wallet client with a local account',
    createWalletClient({ account, transport: http('http://127.0.0.1:1') })
  ]
])('%s can send transactions, so that only the network is missing here', async (_, of) => {
  await expect(auditorOf(of).cancel?.(payment)).rejects.toMatchObject({ moneyState: 'sent' })
})

it('a payment in a token without a known signing domain cannot be cancelled', async () => {
  const unknown = { ...payment, asset: `0x${'12'.repeat(20)}` }
  await expect(auditorOf(account).cancel?.(unknown)).rejects.toMatchObject({
    code: 'purchase/not-cancellable',
    context: { reason: expect.stringContaining('domain') }
  })
})

it('a malformed key and a network without a known token are mistakes of the caller', async () => {
  expect(() => auditorOf('hunter2-secret')).toThrow(/^The EVM private key is not 0x and 64 hex digits/)
  await expect(auditorOf(account).readDebits('eip155:7', 0)).rejects.toMatchObject({
    code: 'asset/unknown',
    moneyState: 'none'
  })
})
