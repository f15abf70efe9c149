import type { RpcUrls } from '@bursar/core'
import type { EvmReaderOptions } from './reader-options.js'

/** Endpoints that the chains' makers run for everybody. Rate-limited: bring your own for real work. */
export const publicUrls: RpcUrls = {
  'eip155:8453': 'https://mainnet.base.org',
  'eip155:84532': 'https://sepolia.base.org'
}

/** Whether a network can be read. Without, it could never be known what became of a payment there. */
export function isReadable(
  { rpcUrls, transports }: Pick<EvmReaderOptions, 'rpcUrls' | 'transports'>,
  network: string
): boolean {
  return [publicUrls, rpcUrls ?? {}, transports ?? {}].some((given) => Object.hasOwn(given, network))
}
