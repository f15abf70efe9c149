import type { NetworkId } from '../network/network.js'
import { endpointAdvice } from '../network/network-names.js'

/** Endpoints or clients by network. */
type Endpoints = Readonly<Partial<Record<NetworkId, unknown>>>

/**
 * Says why a network is not paid on that nobody gave an endpoint of. Without one it could never be known what became of
 * a payment there. Nothing is read.
 */
export function unreadableReason(
  network: NetworkId,
  given: readonly (Endpoints | undefined)[]
): string | undefined {
  const isReadable = given.some((each = {}) => Object.hasOwn(each, network) && each[network] !== undefined)
  if (isReadable) return undefined
  return `no RPC endpoint of its network is known, to see what becomes of a payment: ${endpointAdvice(network)}`
}
