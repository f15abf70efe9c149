import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BaseChain } from '@bursar/localchain'
import {
  decodePaymentSignatureHeader,
  encodePaymentRequiredHeader,
  encodePaymentResponseHeader
} from '@x402/core/http'
import { type FacilitatorEvmSigner, toFacilitatorEvmSigner } from '@x402/evm'
import { ExactEvmScheme } from '@x402/evm/exact/facilitator'
import { createWalletClient, http, publicActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { onTestFinished } from 'vitest'

/** What the server asks for each request. */
export interface OfficialServerOptions {
  readonly payTo: string
  readonly amount: string
  /** The factories whose wallets the facilitator deploys. Default: none. */
  readonly eip6492AllowedFactories?: string[]
}

/** A server on the official codec and facilitator, settling on the local chain. It stops after the test. */
export interface OfficialServer {
  readonly url: string
  /** How many payments it was sent. */
  payments(): number
}

/** Starts the server. */
export async function startOfficialServer(
  chain: BaseChain,
  { payTo, amount, eip6492AllowedFactories }: OfficialServerOptions
): Promise<OfficialServer> {
  const facilitator = createFacilitator(chain, eip6492AllowedFactories)
  const requirements = {
    scheme: 'exact',
    network: 'eip155:8453',
    amount,
    asset: chain.usdc,
    payTo,
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2' }
  } as const
  let payments = 0
  const server = createServer(async (request, response) => {
    const header = request.headers['payment-signature']
    const url = `http://${request.headers.host}/`
    const challenge = (error?: string) => ({
      'PAYMENT-REQUIRED': encodePaymentRequiredHeader({
        x402Version: 2,
        resource: { url, description: 'x', mimeType: 'text/plain' },
        accepts: [requirements],
        ...(error === undefined ? {} : { error })
      })
    })
    if (typeof header !== 'string') {
      response.writeHead(402, challenge()).end()
      return
    }
    payments++
    const payload = decodePaymentSignatureHeader(header)
    const verified = await facilitator.verify(payload, requirements)
    if (!verified.isValid) {
      response.writeHead(402, challenge(verified.invalidReason)).end()
      return
    }
    const settled = await facilitator.settle(payload, requirements)
    const status = settled.success ? 200 : 402
    response.writeHead(status, { 'PAYMENT-RESPONSE': encodePaymentResponseHeader(settled) }).end('official')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    payments: () => payments
  }
}

/** The official facilitator on the local chain. */
export function createFacilitator(
  chain: BaseChain,
  eip6492AllowedFactories: string[] | undefined
): ExactEvmScheme {
  return new ExactEvmScheme(
    facilitatorSigner(chain),
    eip6492AllowedFactories ? { eip6492AllowedFactories } : {}
  )
}

/** Signs what the official facilitators of every version send to the local chain. */
export function facilitatorSigner(chain: BaseChain): FacilitatorEvmSigner {
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
  return toFacilitatorEvmSigner({ ...client, address: account.address } as never)
}
