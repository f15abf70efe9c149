import {
  checkFlag,
  checkFunction,
  checkNetworkId,
  checkStorableText,
  listOf,
  type NetworkId,
  type Offer,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  recordOf
} from '@bursar/core'

/** What equal calls that are in flight together are to each other: purchases of their own, or one. */
export type InFlight = 'separate' | 'join'

/** What the caller says of one call. */
export interface CallOptions {
  /**
   * The caller's name for what is bought, such as `invoice-42`: whatever happens, also across restarts, it is bought
   * once. The same name with another method, URL or body is an error. Default: the call has no name, and is known by
   * its method, URL and body.
   *
   * @example { bursar: { purchase: 'invoice-42' } }
   */
  readonly purchase?: string | undefined
  /**
   * Pays another time, even when an equal call has just ended with its payment unresolved, or is in flight and would be joined.
   * Default: `false`.
   *
   * @example { bursar: { again: true } }
   */
  readonly again?: boolean | undefined
  /**
   * What an equal call that is in flight is to this one, in whatever process. `'separate'`: another purchase. `'join'`:
   * the same, whose end it waits for and shares. Default: the bursar's `inFlight`.
   *
   * @example { bursar: { inFlight: 'join' } }
   */
  readonly inFlight?: InFlight | undefined
  /**
   * Whose call it is, where several share a ledger and must not resume each other's payments: an equal call of another
   * tenant is another call. Default: none.
   *
   * @example { bursar: { tenant: 'user-7' } }
   */
  readonly tenant?: string | undefined
  /**
   * Kept with the purchase in the ledger, and what `limits.perLabel` counts by. Default: none.
   *
   * @example { bursar: { labels: { agent: 'research' } } }
   */
  readonly labels?: Readonly<Record<string, string | undefined>> | undefined
  /**
   * Networks in the order of preference, for this call, as CAIP-2 ids. Default: the bursar's `prefer`.
   *
   * @example { bursar: { prefer: ['eip155:8453'] } }
   */
  readonly prefer?: readonly NetworkId[] | undefined
  /**
   * Looks at each offer before any other check, and returns why it is not to be paid, or nothing. Default: none.
   *
   * @example { bursar: { rejectionReason: (offer) => (offer.cost > 20_000n ? 'too dear' : undefined) } }
   */
  readonly rejectionReason?: ((offer: Offer) => string | undefined) | undefined
  /**
   * Looks at each URL before it is requested: the call's own, and those that redirects lead to. What it throws ends the
   * call. Default: every http and https URL may be requested.
   *
   * @example { bursar: { checkUrl: (url) => assertOnAllowList(url.hostname) } }
   */
  readonly checkUrl?: ((url: URL) => void) | undefined
}

/** Labels of a call. One that is `null` is none, as one that is `undefined`. */
export const checkLabels: OptionCheck = recordOf((value, path) => {
  if (value !== null) checkStorableText(value, path)
}, checkStorableText)

export const checkInFlight: OptionCheck = oneOf('separate', 'join')

/** The options of {@link CallOptions}. */
export const callChecks: OptionChecks<CallOptions> = {
  purchase: checkStorableText,
  again: checkFlag,
  inFlight: checkInFlight,
  tenant: checkStorableText,
  labels: checkLabels,
  prefer: listOf(checkNetworkId),
  rejectionReason: checkFunction,
  checkUrl: checkFunction
}

/** The labels that have a value. */
export function givenLabels(
  labels: Readonly<Record<string, string | undefined>> = {}
): Readonly<Record<string, string>> {
  const given = Object.entries(labels).filter(
    (entry): entry is [name: string, value: string] => typeof entry[1] === 'string'
  )
  return Object.fromEntries(given)
}
