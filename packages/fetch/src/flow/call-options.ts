import {
  type AccountCall,
  checkFlag,
  checkFunction,
  checkName,
  checkPromise,
  checkStorableText,
  type Offer,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  recordOf,
  TOP_UP_LABEL
} from '@bursar/core'
import type { Preference } from '../policy/order-offers.js'
import { checkPreference } from '../policy/policy-options.js'
import { checkSignIn, type SignIn } from './sign-in-option.js'

/** Whether equal calls that are in flight together are separate purchases, or one. */
export type InFlight = 'separate' | 'join'

/** Whether each call asks what it costs, or what its place asked before is paid with the first request. */
export type OfferUse = 'ask' | 'remember'

/** What the caller says of one call. */
export interface CallOptions {
  /**
   * The caller's name for what is bought, such as `invoice-42`: whatever happens, also across restarts, it is bought
   * once. The same name with another method, URL or body is an error. At most 800 characters. Default: the call has no
   * name, and is known by its method, URL and body.
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
   * How this call relates to an equal call that is in flight in any process. `'separate'`: each is a purchase.
   * `'join'`: both are one purchase, and this call waits for its end and shares it. Default: the bursar's `inFlight`.
   *
   * @example { bursar: { inFlight: 'join' } }
   */
  readonly inFlight?: InFlight | undefined
  /**
   * Whether this call asks what it costs (`'ask'`), or pays with its first request what the same method, origin and path
   * asked before and was paid (`'remember'`). Default: the bursar's `offers`.
   *
   * @example { bursar: { offers: 'remember' } }
   */
  readonly offers?: OfferUse | undefined
  /**
   * Whether this call signs in to a server that lets in who has bought, before it pays again. Default: the bursar's
   * `signIn`.
   *
   * @example { bursar: { signIn: false } }
   */
  readonly signIn?: SignIn | undefined
  /**
   * Resolves once the answer is where the caller wants it, such as in a file under its name. The call has its answer only
   * then: if this rejects, or the process ends before it resolves, an equal call gets the answer without paying again.
   * Of calls that share one answer, the first decides. Default: the call has its answer when the body has been handed
   * over whole.
   *
   * @example { bursar: { answerKept: kept.promise } }
   */
  readonly answerKept?: PromiseLike<unknown> | undefined
  /**
   * The owner of the call, where several share a ledger and must not resume each other's payments. Equal calls of two
   * tenants are different calls. Default: none.
   *
   * @example { bursar: { tenant: 'user-7' } }
   */
  readonly tenant?: string | undefined
  /**
   * Kept with the purchase in the ledger, and what `limits.perLabel` counts by. Each label has at most 800 characters, together
   * with its value. The label `top-up` is Bursar's own. Default: none.
   *
   * @example { bursar: { labels: { agent: 'research' } } }
   */
  readonly labels?: Readonly<Record<string, string | undefined>> | undefined
  /**
   * Is told the ledger's id of each purchase that this call pays, or carries on, before anything of it is sent. An error that
   * it throws becomes a warning. Default: nobody is told.
   *
   * @example { bursar: { onPurchase: (id) => console.log(id) } }
   */
  readonly onPurchase?: ((id: string) => unknown) | undefined
  /**
   * Networks in the order of preference, for this call, as CAIP-2 ids, or `'cheapest'`. Default: the bursar's `prefer`.
   *
   * @example { bursar: { prefer: ['eip155:8453'] } }
   */
  readonly prefer?: Preference | undefined
  /**
   * Checks each offer before any other check. Returns why it is not to be paid, or `undefined`. Default: none.
   *
   * @example { bursar: { rejectionReason: (offer) => (offer.cost > 20_000n ? 'too dear' : undefined) } }
   */
  readonly rejectionReason?: ((offer: Offer) => string | undefined) | undefined
  /**
   * Checks each URL before it is requested: the call's own and those of redirects. If it throws, the call ends with
   * that error. A URL of another scheme, such as `data:`, is given as well. Default: every URL may be requested.
   *
   * @example { bursar: { checkUrl: (url) => assertOnAllowList(url.hostname) } }
   */
  readonly checkUrl?: ((url: URL) => void) | undefined
}

/** Labels by which services of ours mark what they pay, and by which limits go. */
const checkLabelName: OptionCheck = (name, path) => {
  if (name === TOP_UP_LABEL) throw new TypeError(`${path} is Bursar's own label`)
  checkStorableText(name, path)
}

/** Checks the labels of a call. A label that is `null` or `undefined` counts as absent. */
const checkLabels: OptionCheck = recordOf((value, path) => {
  if (value !== null) checkStorableText(value, path)
}, checkLabelName)

export const checkInFlight: OptionCheck = oneOf('separate', 'join')
export const checkOfferUse: OptionCheck = oneOf('ask', 'remember')

/** The options of {@link CallOptions}. */
export const callChecks: OptionChecks<CallOptions> = {
  purchase: checkName,
  again: checkFlag,
  inFlight: checkInFlight,
  offers: checkOfferUse,
  signIn: checkSignIn,
  answerKept: checkPromise,
  tenant: checkName,
  labels: checkLabels,
  onPurchase: checkFunction,
  prefer: checkPreference,
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

/** The labels of a call to an account, checked. @throws {TypeError} */
export function readLabels({ labels }: Pick<AccountCall, 'labels'>): Readonly<Record<string, string>> {
  checkLabels(labels, 'labels')
  return givenLabels(labels)
}
