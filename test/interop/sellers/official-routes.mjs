import { HTTPFacilitatorClient, x402ResourceServer } from '@x402/core/server'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import { ExactSvmScheme } from '@x402/svm/exact/server'
import { config } from './serve.mjs'

const { facilitator, base, solana, price } = config

/** One path for each network, by the official packages' table of routes. */
export const routes = {
  'GET /base': route(base),
  'GET /solana': route(solana)
}

export const resources = new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitator }))
  .register(base.network, new ExactEvmScheme())
  .register(solana.network, new ExactSvmScheme())

function route({ network, payTo }) {
  return { accepts: { scheme: 'exact', price: `$${price}`, network, payTo }, description: 'A report' }
}
