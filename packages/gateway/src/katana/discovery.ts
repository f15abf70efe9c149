import type { JsonObject } from '@bursar/core'
import type { Facilitator } from '../facilitator/facilitator.js'

/** The body of `GET /v1/x402`. Katana documents that it exists, but not its shape. */
export function discovery(facilitators: readonly Facilitator[]): JsonObject {
  return {
    x402Version: 2,
    scheme: 'exact',
    currency: 'USDC',
    decimals: 6,
    networks: facilitators.map(({ network, name, asset, payTo }) => ({ network, chain: name, asset, payTo })),
    endpoints: ['POST /v1/generation-requests', 'POST /v1/chat/completions']
  }
}
