import { config } from './serve.mjs'

const { base, solana, price } = config

/** A table of routes for each payee: one middleware of v1 has one payee. */
export const legacy = [
  { payTo: base.payTo, routes: { '/base': { price: `$${price}`, network: 'base' } } },
  { payTo: solana.payTo, routes: { '/solana': { price: `$${price}`, network: 'solana' } } }
]

export const facilitator = { url: config.facilitator }
