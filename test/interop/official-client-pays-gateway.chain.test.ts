import { ExactEvmScheme } from '@x402/evm'
import { ExactEvmSchemeV1 } from '@x402/evm/v1'
import { decodePaymentResponseHeader, wrapFetchWithPayment, x402Client } from '@x402/fetch'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { useStack } from '../stack.js'

const stack = useStack()

async function officialClient(): Promise<{ address: `0x${string}`; fetch: typeof fetch }> {
  const account = privateKeyToAccount(generatePrivateKey())
  await stack.chain.mint(account.address, 1_000_000n)
  const client = new x402Client()
    .register('eip155:8453', new ExactEvmScheme(account))
    .registerV1('base', new ExactEvmSchemeV1(account))
  return { address: account.address, fetch: wrapFetchWithPayment(fetch, client) }
}

it('the official client pays the standard v2 route, and the chain shows it', async () => {
  const client = await officialClient()
  const before = await stack.chain.balanceOf(stack.gateway.payTo.base)
  const response = await client.fetch(`${stack.gateway.url}/standard/v2/report?usdc=0.05`, {
    method: 'POST',
    body: 'what the official client sends'
  })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ report: 'paid', method: 'POST', body: { bytes: 30 } })
  const [settled, ...more] = await stack.chain.authorizationsUsed(client.address)
  expect(more).toEqual([])
  expect(settled).toMatchObject({ to: stack.gateway.payTo.base, amountAtomic: 50_000n })
  expect(decodePaymentResponseHeader(response.headers.get('PAYMENT-RESPONSE') ?? '')).toMatchObject({
    success: true,
    network: 'eip155:8453',
    transaction: settled?.transaction
  })
  expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before + 50_000n)
})

it('the official client pays the v1 route', async () => {
  const client = await officialClient()
  const response = await client.fetch(`${stack.gateway.url}/standard/v1/report`)
  expect(response.status).toBe(200)
  expect(await stack.chain.authorizationsUsed(client.address)).toHaveLength(1)
})

it('the official client cannot pay Katana’s shape, which names no domain', async () => {
  const client = await officialClient()
  const requests = [{ type: 'image', model: 'gen', prompt: 'A mug', aspect_ratio: '1:1' }]
  const call = client.fetch(`${stack.gateway.url}/v1/generation-requests?wait=false`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ requests })
  })
  await expect(call).rejects.toThrow()
  expect(await stack.chain.authorizationsUsed(client.address)).toEqual([])
})
