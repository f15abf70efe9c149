import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BASE } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import { x402Facilitator } from '@x402/core/facilitator'
import {
  type FacilitatorClient,
  type HTTPRequestContext,
  x402HTTPResourceServer,
  x402ResourceServer
} from '@x402/core/server'
import { toFacilitatorEvmSigner } from '@x402/evm'
import { ExactEvmScheme as ExactFacilitator } from '@x402/evm/exact/facilitator'
import { ExactEvmScheme as ExactServer } from '@x402/evm/exact/server'
import { UptoEvmScheme as UptoFacilitator } from '@x402/evm/upto/facilitator'
import { UptoEvmScheme as UptoServer } from '@x402/evm/upto/server'
import { createWalletClient, http, publicActions } from 'viem'
import { nonceManager, privateKeyToAccount } from 'viem/accounts'
import { onTestFinished } from 'vitest'

/** A running server. */
export interface Permit2Server {
  readonly url: string
  /** What the next answers on `/upto` take, in atomic units. Default: the most. */
  charge: string | undefined
  /** How often the work was done. */
  readonly served: () => number
}

const PRICES = { exact: '10000', upto: '500000' } as const

/**
 * A server on the official packages, whose facilitator is the official one unless another is given: `/exact` is paid through Permit2, and `/upto` takes
 * what the test says. `/sponsored` is `/exact` whose gas the server pays. It stops after the test.
 */
export async function startPermit2Server(
  chain: BaseChain,
  payTo: string,
  facilitator = officialFacilitator(chain)
): Promise<Permit2Server> {
  const resources = new x402ResourceServer(facilitator)
    .register(BASE, new ExactServer())
    .register(BASE, new UptoServer())
  const paid = new x402HTTPResourceServer(resources, {
    'GET /exact': { accepts: accepts(chain, payTo, 'exact') },
    'GET /upto': { accepts: accepts(chain, payTo, 'upto') },
    'GET /sponsored': { accepts: accepts(chain, payTo, 'exact'), extensions: sponsoring }
  })
  await paid.initialize()
  let served = 0
  const running = { url: '', charge: undefined as string | undefined, served: () => served }
  const server = createServer(async (message, response) => {
    const { method = 'GET', url: path = '/', headers } = message
    const result = await paid.processHTTPRequest(contextOf(method, path, headers as Record<string, string>))
    if (result.type === 'payment-error') {
      const { status, headers: sent, body } = result.response
      return response.writeHead(status, sent).end(JSON.stringify(body ?? {}))
    }
    if (result.type === 'no-payment-required') return response.writeHead(404).end()
    served++
    const { paymentPayload, paymentRequirements, declaredExtensions } = result
    const overrides =
      path === '/upto' && running.charge !== undefined ? { amount: running.charge } : undefined
    const settled = await paid.processSettlement(
      paymentPayload,
      paymentRequirements,
      declaredExtensions,
      undefined,
      overrides
    )
    return response.writeHead(settled.success ? 200 : 402, settled.headers).end('sold')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  running.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return running
}

/** As the official extension declares itself. */
const sponsoring = {
  eip2612GasSponsoring: {
    info: { description: 'The server pays the gas', version: '1' },
    schema: { type: 'object' }
  }
}

function accepts(chain: BaseChain, payTo: string, scheme: keyof typeof PRICES) {
  const extra = { name: 'USD Coin', version: '2', assetTransferMethod: 'permit2' }
  const price = { amount: PRICES[scheme], asset: chain.usdc, extra }
  return { scheme, price, network: BASE, payTo, maxTimeoutSeconds: 300 } as const
}

function officialFacilitator(chain: BaseChain): FacilitatorClient {
  const facilitator = createFacilitator(chain)
  return {
    verify: (payload, requirements) => facilitator.verify(payload, requirements),
    settle: (payload, requirements) => facilitator.settle(payload, requirements),
    getSupported: async () => facilitator.getSupported() as never
  }
}

function createFacilitator(chain: BaseChain): x402Facilitator {
  const [relayer] = chain.accounts
  if (!relayer) throw new TypeError('anvil has no accounts')
  const account = privateKeyToAccount(relayer.privateKey, { nonceManager })
  const nativeCurrency = { name: 'Ether', symbol: 'ETH', decimals: 18 }
  const rpcUrls = { default: { http: [chain.rpcUrl] } }
  const base = { id: chain.chainId, name: 'Base', nativeCurrency, rpcUrls }
  const wallet = createWalletClient({ account, chain: base, transport: http(chain.rpcUrl) })
  const client = wallet.extend(publicActions)
  const signer = toFacilitatorEvmSigner({ ...client, address: account.address } as never)
  return new x402Facilitator()
    .register(BASE, new ExactFacilitator(signer))
    .register(BASE, new UptoFacilitator(signer))
}

function contextOf(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>
): HTTPRequestContext {
  const header = (name: string): string | undefined => headers[name.toLowerCase()]
  const payment = header('payment-signature')
  return {
    adapter: {
      getHeader: header,
      getMethod: () => method,
      getPath: () => path,
      getUrl: () => `http://${headers.host}${path}`,
      getAcceptHeader: () => '',
      getUserAgent: () => ''
    },
    path,
    method,
    ...(payment !== undefined && { paymentHeader: payment })
  }
}
