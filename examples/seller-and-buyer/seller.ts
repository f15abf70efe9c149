import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { HTTPFacilitatorClient } from '@x402/core/server'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import { paymentMiddleware, x402ResourceServer } from '@x402/hono'
import { Hono } from 'hono'

/** What the seller is started with. */
export interface SellerOptions {
  /** Who is paid, on Base. */
  readonly payTo: string
  /** Verifies and settles the payments. */
  readonly facilitatorUrl: string
}

/** A running server that sells. */
export interface Seller extends AsyncDisposable {
  readonly url: string
}

/** Starts a Hono server with the official middleware: `GET /weather` costs 0.02 USDC. */
export async function startSeller({ payTo, facilitatorUrl }: SellerOptions): Promise<Seller> {
  const facilitator = new HTTPFacilitatorClient({ url: facilitatorUrl })
  const resources = new x402ResourceServer(facilitator).register('eip155:8453', new ExactEvmScheme())
  const accepts = { scheme: 'exact', price: '$0.02', network: 'eip155:8453', payTo } as const
  const app = new Hono()
  app.use(paymentMiddleware({ 'GET /weather': { accepts, description: 'The weather' } }, resources))
  app.get('/weather', (context) => context.json({ city: 'Lisbon', degrees: 21 }))
  const { server, port } = await listen(app)
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

function listen(app: Hono): Promise<{ readonly server: ServerType } & AddressInfo> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address) =>
      resolve({ server, ...address })
    )
  })
}
