import type { JsonObject } from '@bursar/core'
import { SPONSORING } from '../facilitator/permit2/token-permit.js'
import type { Protocol } from '../payment/protocol.js'
import { challengeV2, protocolV2 } from '../standard/protocol-v2.js'
import { identifierStatus } from './identified-protocol.js'
import type { ReadTerms } from './sale-terms.js'

const sponsoring = {
  [SPONSORING]: {
    info: { description: 'The server pays the gas of the token’s permit.', version: '1' },
    schema: { type: 'object' }
  }
}

/** x402 v2 with offers by Permit2: of the exact scheme, or of upto. @param extensions are declared too. */
export function permit2Protocol({ by, sponsored }: ReadTerms, extensions: JsonObject = {}): Protocol {
  return {
    ...protocolV2,
    buildOffer(facilitator, price, resource) {
      const { network, extra, signers } = facilitator
      if (!network.startsWith('eip155:')) return undefined
      const [facilitatorAddress = ''] = signers
      return {
        ...protocolV2.buildOffer(facilitator, price, resource),
        scheme: by === 'upto' ? 'upto' : 'exact',
        extra: {
          ...extra,
          assetTransferMethod: 'permit2',
          ...(by === 'upto' && { facilitatorAddress })
        }
      }
    },
    challenge: (parts) =>
      challengeV2(parts, {
        status: parts.error === 'permit2_allowance_required' ? 412 : identifierStatus(parts.error),
        extensions: { ...extensions, ...(sponsored && sponsoring) }
      })
  }
}
