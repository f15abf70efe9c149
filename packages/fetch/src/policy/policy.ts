import type { NetworkId, Offer } from '@bursar/core'
import { type Limits, type ParsedLimits, parseLimits } from './limits.js'

/** Who may be paid, where and in what. What is absent is not restricted. */
export interface Allowances {
  /** Hosts with their port if any: `kat.imgnai.com`, `*.example.com`, `127.0.0.1:8402`. */
  readonly hosts?: readonly string[]
  /** CAIP-2 ids. */
  readonly networks?: readonly NetworkId[]
  /** Token addresses. */
  readonly assets?: readonly string[]
  /** Recipient addresses. */
  readonly payees?: readonly string[]
}

/** What `confirm` is asked about: one payment that passes every other check. */
export interface PaymentProposal {
  readonly method: string
  readonly host: string
  readonly path: string
  /** Decimal USDC. */
  readonly amount: string
  readonly network: NetworkId
  readonly asset: string
  readonly payTo: string
}

/** The user's say on payments. */
export interface PolicyOptions {
  readonly limits: Limits
  readonly allow?: Allowances
  /** Networks in the order of preference, CAIP-2 ids. Default: the server's order. */
  readonly prefer?: readonly NetworkId[]
  /** Asked before each payment is reserved. Anything but `true` refuses. */
  readonly confirm?: (proposal: PaymentProposal) => boolean | Promise<boolean>
}

/** The user's say, read. */
export interface Policy {
  readonly limits: ParsedLimits
  readonly confirm: PolicyOptions['confirm']
  allowsHost(host: string): boolean
  allowsPayee(address: string): boolean
  /** Tells why an offer's network or asset is not allowed. */
  refuses(offer: Offer): string | undefined
  /** Sorts offers by the call's preference, else the user's. */
  order(offers: readonly Offer[], preferred?: readonly NetworkId[]): readonly Offer[]
}

/**
 * Reads the user's say.
 *
 * @throws {TypeError} when a limit is missing or misnamed.
 * @throws {BursarError} `amount/malformed`
 */
export function parsePolicy({ limits, allow = {}, prefer = [], confirm }: PolicyOptions): Policy {
  return {
    limits: parseLimits(limits),
    confirm,
    allowsHost: (host) =>
      allow.hosts === undefined || allow.hosts.some((pattern) => matchesHost(pattern, host)),
    allowsPayee: (address) =>
      allow.payees === undefined || allow.payees.some((payee) => sameAddress(payee, address)),
    refuses(offer) {
      if (allow.networks && !allow.networks.includes(offer.network.id))
        return 'its network is not in allow.networks'
      if (allow.assets && !allow.assets.some((asset) => sameAddress(asset, offer.asset.address))) {
        return 'its asset is not in allow.assets'
      }
      return undefined
    },
    order(offers, preferred = prefer) {
      const rank = ({ network }: Offer): number => {
        const index = preferred.indexOf(network.id)
        return index === -1 ? preferred.length : index
      }
      return preferred.length === 0 ? offers : [...offers].sort((a, b) => rank(a) - rank(b))
    }
  }
}

function matchesHost(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern
}

/** EVM addresses are equal in any letter case, Solana's are not. */
function sameAddress(a: string, b: string): boolean {
  return a.startsWith('0x') ? a.toLowerCase() === b.toLowerCase() : a === b
}
