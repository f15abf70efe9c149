import { config } from './serve.mjs'

const { facilitator, base, solana, price } = config

/** One path for each network, by the official packages' table of routes. */
export const routes = {
  'GET /base': route(base),
  'GET /solana': route(solana)
}

/** The server of a release of the official packages. */
export function createResources(
  { HTTPFacilitatorClient, x402ResourceServer },
  ExactEvmScheme,
  ExactSvmScheme
) {
  const server = new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitator }))
  return server.register(base.network, new ExactEvmScheme()).register(solana.network, new ExactSvmScheme())
}

function route({ network, payTo }) {
  return { accepts: { scheme: 'exact', price: `$${price}`, network, payTo }, description: 'A report' }
}
