/**
 * How a request is paid for: `direct`, by the fetch that the client was given; `wallet`, from a prepaid balance; `key`,
 * from the account of an API key. `auto` pays images and videos directly, and texts from the balance where it can pay, after
 * a top-up where a rule allows one, else directly.
 */
export type Billing = 'direct' | 'wallet' | 'key' | 'auto'

/** The one path that a request takes (Katana 18). */
export type BillingPath = Exclude<Billing, 'auto'>

/** What a client can bill with. */
export interface BillingMeans {
  readonly hasKey: boolean
  readonly hasWallet: boolean
}

/** Which path a request takes, and why. */
export interface ChosenPath {
  readonly path: BillingPath
  /** Whether it is paid directly where the balance cannot pay. */
  readonly elseDirect: boolean
  /** In words. */
  readonly reason: string
}

/** Why a text is paid directly that the balance was to pay. */
export const FELL_SHORT = 'the prepaid balance could not pay for it, so the whole reserve is charged'

/**
 * Chooses the path of a request.
 *
 * @param requested default: `key` when there is one, else `auto`.
 * @throws {TypeError} when what the path needs was not given.
 */
export function choosePath(
  requested: Billing | undefined,
  kind: 'media' | 'text',
  { hasKey, hasWallet }: BillingMeans
): ChosenPath {
  const billing = requested ?? (hasKey ? 'key' : 'auto')
  if (billing === 'auto') return automaticPath(kind, hasWallet)
  if (billing === 'key' && !hasKey) throw new TypeError("billing: 'key' needs an apiKey")
  if (billing === 'wallet' && !hasWallet)
    throw new TypeError("billing: 'wallet' needs a walletProof or a walletFetch")
  if (billing !== 'key' && billing !== 'wallet' && billing !== 'direct')
    throw new TypeError("billing must be 'direct', 'wallet', 'key' or 'auto'")
  const reason = requested === undefined ? 'there is an API key' : `billing: '${requested}' was requested`
  return { path: billing, elseDirect: false, reason }
}

function automaticPath(kind: 'media' | 'text', hasWallet: boolean): ChosenPath {
  if (kind === 'media') {
    const reason = 'images and videos cost what is quoted, so they are paid directly'
    return { path: 'direct', elseDirect: false, reason }
  }
  if (!hasWallet) {
    const reason = 'there is no prepaid balance, so the whole reserve is charged'
    return { path: 'direct', elseDirect: false, reason }
  }
  const reason = 'text from a balance costs what it used: the rest of the reserve comes back'
  return { path: 'wallet', elseDirect: true, reason }
}
