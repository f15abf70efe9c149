import type { Offer } from '@bursar/core'
import type { Address } from '../address/address.js'

/** Permit2, at the same address on every chain but zkSync's. */
export const PERMIT2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

/** x402's contracts that Permit2 lets take the tokens, at the same addresses on every chain. */
export const proxies: Readonly<Record<Offer['scheme'], Address>> = {
  exact: '0x402085c248EeA27D92E8b30b2C58ed07f9E20001',
  upto: '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002'
}

/** Chains of the zkSync family, on which addresses are made in another way: Permit2 stands elsewhere there. */
export const chainsWithoutPermit2: readonly number[] = [324, 300, 2741, 11_124, 232, 37_111, 388, 282]
