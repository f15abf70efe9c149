import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BaseChain } from '@bursar/localchain'
import type { SchemeNetworkFacilitator } from '@x402/core/types'
import { ExactEvmScheme } from '@x402/evm/exact/facilitator'
import { ExactEvmSchemeV1 } from '@x402/evm/exact/v1/facilitator'
import { onTestFinished } from 'vitest'
import { facilitatorSigner } from '../interop/official-server.js'

/** What a seller asks, in the words of either version. */
export interface NetworkOffer {
  /** CAIP-2, or the name that v1 uses. */
  readonly network: string
  readonly asset: string
  readonly amount: string
  readonly payTo: string
  readonly extra: Readonly<Record<string, string>>
}

const decode = (text: string) => JSON.parse(Buffer.from(text, 'base64').toString())
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64')

/** Sells for one offer on an EVM network, through the official facilitator of the version. It stops after the test. */
export function startNetworkSeller(
  chain: BaseChain,
  offer: NetworkOffer,
  version: 1 | 2 = 2
): Promise<string> {
  const signer = facilitatorSigner(chain)
  return startSeller(
    version === 1 ? new ExactEvmSchemeV1(signer) : new ExactEvmScheme(signer),
    offer,
    version
  )
}

/** Sells for one offer, through a facilitator of the official packages. It stops after the test. */
export async function startSeller(
  facilitator: Pick<SchemeNetworkFacilitator, 'settle'>,
  offer: NetworkOffer,
  version: 1 | 2 = 2
): Promise<string> {
  const { amount, ...terms } = { scheme: 'exact', maxTimeoutSeconds: 60, ...offer }
  const resource = { resource: 'http://127.0.0.1/', description: '', mimeType: 'text/plain' }
  const requirements =
    version === 1 ? { ...terms, ...resource, maxAmountRequired: amount } : { ...terms, amount }
  const challenge = { x402Version: version, accepts: [requirements], resource: { url: resource.resource } }
  const server = createServer(async ({ headers }, response) => {
    const payment = headers[version === 1 ? 'x-payment' : 'payment-signature']
    if (typeof payment !== 'string') {
      const inHeader = version === 2 ? { 'PAYMENT-REQUIRED': encode(challenge) } : {}
      response.writeHead(402, inHeader).end(JSON.stringify(challenge))
      return
    }
    const settled = await facilitator.settle(decode(payment), requirements as never)
    const receipt = { [version === 1 ? 'X-PAYMENT-RESPONSE' : 'PAYMENT-RESPONSE']: encode(settled) }
    response.writeHead(settled.success ? 200 : 402, receipt).end(settled.errorReason ?? 'sold')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
