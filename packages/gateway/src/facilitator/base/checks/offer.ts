import type { Check } from '../context.js'

/** The scheme is `exact`. */
export const schemeIsExact: Check = ({ requirements }) =>
  requirements.scheme === 'exact' ? undefined : 'unsupported_scheme'

/** The offer says which EIP-712 domain to sign in, or the token's own is meant. */
export const domainIsKnown: Check = ({ domain }) =>
  domain.name !== '' && domain.version !== '' ? undefined : 'missing_eip712_domain'

/** The offer is for this chain. */
export const networkMatches: Check = ({ requirements, chainId }) =>
  requirements.network === `eip155:${chainId}` ? undefined : 'network_mismatch'

/** There is a contract at the asset's address. */
export const assetHasCode: Check = async ({ client, asset }) =>
  (await client.getCode({ address: asset })) ? undefined : 'asset_without_code'
