import type { Dialect } from './dialect.js'
import { x402V2 } from './x402-v2.js'

/**
 * thirdweb's v2, whose entries have v1's `maxAmountRequired` alone. Its server finds the offer by scheme and network
 * beside the entry.
 */
export const thirdweb: Dialect = {
  ...x402V2,
  name: 'thirdweb',
  payment: (challenge, offer, payload) => ({
    ...x402V2.payment(challenge, offer, payload),
    scheme: offer.raw.scheme,
    network: offer.raw.network
  })
}
