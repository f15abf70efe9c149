import { BASE, partsOf } from '@bursar/core'
import { createBursar } from 'bursar'
import { NonceManager, Wallet } from 'ethers'
import { type Hex, verifyMessage } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'

const key = generatePrivateKey()

it.each([
  ['Wallet', new Wallet(key)],
  ['NonceManager', new NonceManager(new Wallet(key))]
])('X115: an ethers %s signs texts too, with which it signs in and proves its balance', async (_, evm) => {
  const bursar = createBursar({ evm, limits: { payment: '1' }, ledger: 'memory' })
  onTestFinished(() => bursar.close())
  const signer = partsOf(bursar).signerOf('eip155') ?? expect.unreachable()
  const [address, message] = [privateKeyToAddress(key), 'sign in: é']
  expect(await signer.address()).toBe(address)
  const signature = (await signer.sign(message, BASE)) as Hex
  expect(await verifyMessage({ address, message, signature })).toBe(true)
})
