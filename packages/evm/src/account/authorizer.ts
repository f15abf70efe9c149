import type { Authorizer } from '@bursar/core'
import type { Address, Hex } from '../address/address.js'
import type { AuthorizationRequest } from '../payment/authorization.js'

/** Signs EIP-3009 authorizations for one address. The signature is 65 bytes, or a contract wallet's. */
export type EvmAuthorizer = Authorizer<Address, AuthorizationRequest, Hex>
