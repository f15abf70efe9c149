import { checkOptions, type Offer, sameAddress } from '@bursar/core'
import { matchesHost } from './host.js'
import { orderOffers, type Preference } from './order-offers.js'
import { type ParsedLimits, parseLimits } from './parse-limits.js'
import { type Allowances, type GuardOptions, type PolicyOptions, policyChecks } from './policy-options.js'

/** What the user allows and prefers. */
export interface Policy {
  /** Equal for two that allow the same, whoever confirms. */
  readonly content: string
  readonly limits: ParsedLimits
  readonly confirm: PolicyOptions['confirm']
  readonly pinsPayees: boolean
  readonly maxPriceIncrease: number | undefined
  /** Whether the user listed the hosts that may be paid. */
  readonly namesHosts: boolean
  allowsHost(host: string): boolean
  allowsPayee(address: string): boolean
  /** Says why an offer's network or asset is not allowed. */
  rejectionReason(offer: Offer): string | undefined
  /** Sorts offers by the call's preference, else the user's. */
  order(offers: readonly Offer[], preference?: Preference): readonly Offer[]
}

/**
 * Reads what the user allows and prefers.
 *
 * @param options that `policyChecks` let pass.
 * @throws {TypeError} when `limits.payment` is missing.
 */
function parsePolicy(
  { limits, allow, prefer, maxPriceIncrease, confirm }: PolicyOptions,
  content: string
): Policy {
  const { hosts, payees } = allow ?? {}
  return {
    content,
    limits: parseLimits(limits),
    confirm,
    pinsPayees: payees === 'pin',
    maxPriceIncrease,
    namesHosts: hosts !== undefined,
    allowsHost: (host) => hosts === undefined || hosts.some((pattern) => matchesHost(pattern, host)),
    allowsPayee: (address) =>
      payees === undefined || payees === 'pin' || payees.some((payee) => sameAddress(payee, address)),
    rejectionReason: (offer) => rejectionReason(allow ?? {}, offer),
    order: (offers, preference = prefer) => orderOffers(offers, preference)
  }
}

/**
 * Tells the policy that holds now: of equal content as long as nothing changes, whether `currentPolicy` returns the same object,
 * an equal one, or changes the one that it returned before.
 *
 * @throws {TypeError} when `limits.payment` is missing, or what `currentPolicy` returns is malformed.
 */
export function policyReader(options: PolicyOptions): () => Policy {
  const start = parsePolicy(options, '')
  const { currentPolicy } = options
  if (!currentPolicy) return () => start
  let last: Policy | undefined
  return () => {
    const given = currentPolicy()
    const content = contentOf(given)
    if (content === last?.content && given.confirm === last.confirm) return last
    checkOptions(given, policyChecks, 'currentPolicy')
    last = parsePolicy(given, content)
    return last
  }
}

/** Amounts may be big integers. A function may be made anew each time, and is asked as it is. */
function contentOf(options: GuardOptions): string {
  return JSON.stringify(options, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value} atomic` : value
  )
}

function rejectionReason({ networks, assets }: Allowances, { network, asset }: Offer): string | undefined {
  if (networks === 'testnet' ? !network.isTest : networks && !networks.includes(network.id))
    return networks === 'testnet' ? 'its network is no test network' : 'its network is not in allow.networks'
  if (assets && !assets.some((each) => sameAddress(each, asset.address)))
    return 'its asset is not in allow.assets'
  return undefined
}
