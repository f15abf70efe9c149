import type { NetworkId } from '@bursar/core'
import { knownAssets } from '@bursar/core/registry'
import { challenge, offer, serve, settle } from './scripted-server.js'

export const BASE = 'eip155:8453'
export const POLYGON = 'eip155:137'
/** Base Sepolia, where money is worth nothing. */
export const TESTNET = 'eip155:84532'

/** An offer in the first token of a network, or in one of a symbol. */
export function offerOn(network: NetworkId, more: object = {}, symbol = 'USDC') {
  const asset = knownAssets.find((each) => each.network === network && each.symbol === symbol)
  if (!asset?.domain) throw new TypeError(`no ${symbol} on ${network}`)
  return { ...offer, network, asset: asset.address, extra: asset.domain, ...more }
}

/** A server that takes a payment of any of these offers. */
export async function selling(...accepts: object[]) {
  return serve((arrival, response) =>
    arrival.payment === undefined ? challenge(response, accepts) : settle(response)
  )
}
