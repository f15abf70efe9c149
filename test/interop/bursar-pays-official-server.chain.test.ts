import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  decodePaymentSignatureHeader,
  encodePaymentRequiredHeader,
  encodePaymentResponseHeader
} from '@x402/core/http'
import { toFacilitatorEvmSigner } from '@x402/evm'
import { ExactEvmScheme } from '@x402/evm/exact/facilitator'
import { createWalletClient, http, publicActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from '../stack.js'

const stack = useStack()
const PAYEE = '0x00000000000000000000000000000000000b0b05'

/** A server on the official codec and facilitator, settling on the local chain. */
async function officialServer(): Promise<string> {
  const { chain } = stack
  const [relayer] = chain.accounts
  if (!relayer) throw new TypeError('anvil has no accounts')
  const account = privateKeyToAccount(relayer.privateKey)
  const base = {
    id: chain.chainId,
    name: 'Base',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [chain.rpcUrl] } }
  }
  const client = createWalletClient({ account, chain: base, transport: http(chain.rpcUrl) }).extend(
    publicActions
  )
  const facilitator = new ExactEvmScheme(
    toFacilitatorEvmSigner({ ...client, address: account.address } as never)
  )
  const requirements = {
    scheme: 'exact',
    network: 'eip155:8453',
    amount: '12345',
    asset: chain.usdc,
    payTo: PAYEE,
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2' }
  } as const
  const server = createServer(async (request, response) => {
    const header = request.headers['payment-signature']
    const url = `http://${request.headers.host}/`
    if (typeof header !== 'string') {
      const required = {
        x402Version: 2,
        resource: { url, description: 'x', mimeType: 'text/plain' },
        accepts: [requirements]
      }
      response.writeHead(402, { 'PAYMENT-REQUIRED': encodePaymentRequiredHeader(required) }).end()
      return
    }
    const payload = decodePaymentSignatureHeader(header)
    const verified = await facilitator.verify(payload, requirements)
    if (!verified.isValid) {
      response.writeHead(402).end(verified.invalidReason)
      return
    }
    const settled = await facilitator.settle(payload, requirements)
    response.writeHead(200, { 'PAYMENT-RESPONSE': encodePaymentResponseHeader(settled) }).end('official')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

it('the official facilitator verifies and settles what Bursar signs, and Bursar reads its receipt', async () => {
  const url = await officialServer()
  const { address, bursar } = await fundWallet(stack)
  const response = await bursar.fetch(url)
  expect([response.status, await response.text()]).toEqual([200, 'official'])
  const [used] = await stack.chain.authorizationsUsed(address)
  expect(used).toMatchObject({ amountAtomic: 12_345n, transaction: bursar.receiptOf(response)?.transaction })
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.012345' })
  expect(await stack.chain.balanceOf(PAYEE)).toBe(12_345n)
})
