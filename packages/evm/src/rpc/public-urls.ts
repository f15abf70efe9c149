import type { RpcUrls } from '@bursar/core'

/** Endpoints that the chains' makers run for everybody. Rate-limited: bring your own for real work. */
export const publicUrls: RpcUrls = {
  'eip155:8453': 'https://mainnet.base.org',
  'eip155:84532': 'https://sepolia.base.org'
}
