import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BaseChain } from '@bursar/localchain'
import { x402Facilitator } from '@x402/core/facilitator'
import { type FacilitatorClient, type RoutesConfig, x402ResourceServer } from '@x402/core/server'
import type { ResourceServerExtension } from '@x402/core/types'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import { paymentMiddleware } from '@x402/express'
import express, { type RequestHandler } from 'express'
import { onTestFinished } from 'vitest'
import { createFacilitator } from './official-server.js'

/** What an official server sells. */
export interface Shop {
  /** Its routes, as `paymentMiddleware` takes them. The origin is known before they are. */
  readonly routes: (origin: string) => RoutesConfig
  readonly extensions?: (origin: string) => readonly ResourceServerExtension[]
  readonly handler: RequestHandler
  /** Sees every request before the server does. */
  readonly before?: RequestHandler
}

/** Starts an official `@x402/express` server with the official facilitator on the local chain. It stops after the test. */
export async function startShop(
  chain: BaseChain,
  { routes, extensions, handler, before }: Shop
): Promise<string> {
  const app = express()
  const server = await listen(app)
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const resources = new x402ResourceServer(facilitatorOn(chain)).register('eip155:8453', new ExactEvmScheme())
  for (const extension of extensions?.(origin) ?? []) resources.registerExtension(extension)
  if (before) app.use(before)
  app.use(paymentMiddleware(routes(origin), resources))
  app.use(handler)
  return origin
}

/** The official facilitator on the local chain, as the official server asks it. */
export function facilitatorOn(chain: BaseChain): FacilitatorClient {
  const facilitator = new x402Facilitator().register('eip155:8453', createFacilitator(chain, undefined))
  return {
    verify: (payload, requirements) => facilitator.verify(payload, requirements),
    settle: (payload, requirements) => facilitator.settle(payload, requirements),
    getSupported: async () =>
      facilitator.getSupported() as Awaited<ReturnType<FacilitatorClient['getSupported']>>
  }
}

async function listen(app: express.Express): Promise<Server> {
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}
