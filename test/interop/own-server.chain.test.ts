import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BASE, type NetworkId, SOLANA_MAINNET } from '@bursar/core'
import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import {
  HTTPFacilitatorClient,
  type HTTPRequestContext,
  x402HTTPResourceServer,
  x402ResourceServer
} from '@x402/core/server'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import { ExactSvmScheme } from '@x402/svm/exact/server'
import { createBursar } from 'bursar'
import { expect, onTestFinished } from 'vitest'

const test = stackTest()

/** A paid server on the official packages, which knows of the stack by its FACILITATOR_URL alone. */
async function officialServer(
  { env }: Stack,
  payTo: Readonly<Partial<Record<NetworkId, string>>>
): Promise<string> {
  const facilitator = new HTTPFacilitatorClient({ url: env.FACILITATOR_URL })
  const resources = new x402ResourceServer(facilitator)
    .register(BASE, new ExactEvmScheme())
    .register(SOLANA_MAINNET, new ExactSvmScheme())
  const accepts = Object.entries(payTo).map(([network, address]) => ({
    scheme: 'exact',
    price: '$0.02',
    network: network as NetworkId,
    payTo: address ?? ''
  }))
  const paid = new x402HTTPResourceServer(resources, { 'GET /weather': { accepts } })
  await paid.initialize()
  const server = createServer(async (message, response) => {
    const request = contextOf(message)
    const result = await paid.processHTTPRequest(request)
    if (result.type === 'payment-error') {
      const { status, headers, body } = result.response
      return response.writeHead(status, headers).end(JSON.stringify(body ?? {}))
    }
    if (result.type === 'no-payment-required') return response.writeHead(404).end()
    const { paymentPayload, paymentRequirements } = result
    const settled = await paid.processSettlement(paymentPayload, paymentRequirements)
    return response.writeHead(settled.success ? 200 : 402, settled.headers).end('sunny')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/weather`
}

function contextOf({ method = 'GET', url: path = '/', headers }: IncomingMessage): HTTPRequestContext {
  const header = (name: string): string | undefined => headers[name.toLowerCase()]?.toString()
  return {
    adapter: {
      getHeader: header,
      getMethod: () => method,
      getPath: () => path,
      getUrl: () => `http://${headers.host}${path}`,
      getAcceptHeader: () => header('accept') ?? '',
      getUserAgent: () => header('user-agent') ?? ''
    },
    path,
    method,
    ...(header('payment-signature') ? { paymentHeader: header('payment-signature') } : {})
  } as HTTPRequestContext
}

test('P79: a server on the official packages settles on the stack, on both chains', async ({
  stack,
  wallets
}) => {
  const payee = await stack.newWallet('0')
  const payTo = { [BASE]: payee.base?.address ?? '', [SOLANA_MAINNET]: payee.solana?.address ?? '' }
  const url = await officialServer(stack, payTo)
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
  for (const network of [BASE, SOLANA_MAINNET]) {
    const response = await bursar.fetch(url, { bursar: { prefer: [network] } })
    expect([response.status, await response.text()]).toEqual([200, 'sunny'])
    expect(bursar.receiptOf(response)).toMatchObject({ network, moneyState: 'settled' })
  }
  expect([await payee.base?.balance(), await payee.solana?.balance()]).toEqual([20_000n, 20_000n])
  expect(await wallets.base?.payments()).toMatchObject([{ amountAtomic: 20_000n }])
  expect(await wallets.solana?.payments()).toMatchObject([{ amountAtomic: 20_000n }])
})

test('P80: a fault of the facilitator reaches a server of one’s own, and nothing is paid twice', async ({
  stack,
  wallets
}) => {
  const payee = await stack.newWallet('0')
  const url = await officialServer(stack, { [BASE]: payee.base?.address ?? '' })
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05' } })
  stack.gateway.faults.next('payment-rejected', { match: ({ path }) => path === '/verify' })
  await expect(bursar.fetch(url)).rejects.toMatchObject({ code: 'payment/refused' })
  expect(await payee.base?.balance()).toBe(0n)
})
