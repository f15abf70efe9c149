import {
  checkFunction,
  checkHostPattern,
  checkNetworkId,
  checkText,
  listOf,
  listOr,
  type NetworkId,
  type Offer,
  type OptionChecks,
  optionsOf,
  unchecked
} from '@bursar/core'
import { type Limits, limitsChecks, type ParsedLimits, parseLimits } from './limits.js'

/** Who may be paid, where and in what. What is absent is not restricted. */
export interface Allowances {
  /** Hosts with their port if any: `kat.imgnai.com`, `*.example.com`, `127.0.0.1:8402`. */
  readonly hosts?: readonly string[]
  /** CAIP-2 ids. */
  readonly networks?: readonly NetworkId[]
  /** Token addresses. */
  readonly assets?: readonly string[]
  /**
   * Recipient addresses. `'pin'`: whom a host is paid at first on a network is whom it is paid at ever after, as far as
   * the ledger remembers.
   */
  readonly payees?: readonly string[] | 'pin'
}

/** What `confirm` is asked about: one payment that passes every other check. */
export interface PaymentProposal {
  readonly method: string
  readonly host: string
  readonly path: string
  /** Decimal USDC. */
  readonly amount: string
  /** What the same host and path last cost, where it is watched. Decimal USDC. */
  readonly usual?: string | undefined
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
  /**
   * Refuses an offer above so many times what the same host and path last cost, as far as the ledger remembers. Where
   * there is a `confirm`, that one decides, and is told the usual price. Default: no such watch.
   */
  readonly maxPriceIncrease?: number
  /** Asked before each payment is reserved. Anything but `true` refuses. */
  readonly confirm?: (proposal: PaymentProposal) => boolean | Promise<boolean>
}

/** The options of {@link PolicyOptions}, for those that have more. */
export const policyChecks: OptionChecks<PolicyOptions> = {
  limits: optionsOf(limitsChecks),
  allow: optionsOf<Allowances>({
    hosts: listOf(checkHostPattern),
    networks: listOf(checkNetworkId),
    assets: listOf(checkText),
    payees: listOr(checkText, 'pin')
  }),
  prefer: listOf(checkNetworkId),
  maxPriceIncrease: unchecked,
  confirm: checkFunction
}

/** The user's say, read. */
export interface Policy {
  readonly limits: ParsedLimits
  readonly confirm: PolicyOptions['confirm']
  readonly pinsPayees: boolean
  readonly maxPriceIncrease: number | undefined
  /** Whether the user said which hosts may be paid. */
  readonly namesHosts: boolean
  allowsHost(host: string): boolean
  allowsPayee(address: string): boolean
  /** Tells why an offer's network or asset is not allowed. */
  rejectionReason(offer: Offer): string | undefined
  /** Sorts offers by the call's preference, else the user's. */
  order(offers: readonly Offer[], preferred?: readonly NetworkId[]): readonly Offer[]
}

/**
 * Reads the user's say.
 *
 * @param options that {@link policyChecks} let pass.
 * @throws {TypeError} when `limits.payment` is missing, or `maxPriceIncrease` is less than 1.
 */
export function parsePolicy({
  limits,
  allow = {},
  prefer = [],
  maxPriceIncrease,
  confirm
}: PolicyOptions): Policy {
  const { payees } = allow
  const hosts = allow.hosts?.map((pattern) => pattern.toLowerCase())
  if (maxPriceIncrease !== undefined && !(maxPriceIncrease >= 1))
    throw new TypeError('maxPriceIncrease must be 1 or more')
  return {
    limits: parseLimits(limits),
    confirm,
    pinsPayees: payees === 'pin',
    maxPriceIncrease,
    namesHosts: hosts !== undefined,
    allowsHost: (host) => hosts === undefined || hosts.some((pattern) => matchesHost(pattern, host)),
    allowsPayee: (address) =>
      payees === undefined || payees === 'pin' || payees.some((payee) => sameAddress(payee, address)),
    rejectionReason(offer) {
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
export function sameAddress(a: string, b: string): boolean {
  return a.startsWith('0x') ? a.toLowerCase() === b.toLowerCase() : a === b
}
