import type { Check } from '../context.js'

/** The scheme is `exact`. */
export const schemeIsExact: Check = ({ requirements }) =>
  requirements.scheme === 'exact' ? undefined : 'unsupported_scheme'

/** The EIP-712 domain is known: the offer names it, or the dialect means the token's own. */
export const domainIsKnown: Check = ({ domain }) =>
  domain.name !== '' && domain.version !== '' ? undefined : 'missing_eip712_domain'

/** The offer is for this chain. */
export const networkMatches: Check = ({ requirements, chainId }) =>
  requirements.network === `eip155:${chainId}` ? undefined : 'network_mismatch'

/** The asset's address has a contract. */
export const assetHasCode: Check = async ({ client, asset }) =>
  (await client.getCode({ address: asset })) ? undefined : 'asset_without_code'
