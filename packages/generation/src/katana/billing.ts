/**
 * How a request is paid for: `direct`, by the fetch that the client was given; `wallet`, from a prepaid balance, proven
 * by `walletProof`; `key`, from the account of an API key. `auto` takes the wallet for text, since what is not used of
 * the reserve comes back to it, and pays directly for images and videos.
 */
export type Billing = 'direct' | 'wallet' | 'key' | 'auto'

/** The one path that a request takes (Katana 18). */
export type BillingPath = Exclude<Billing, 'auto'>

/** What a client can bill with. */
export interface BillingMeans {
  readonly hasKey: boolean
  readonly hasWallet: boolean
}

/**
 * Chooses the path of a request.
 *
 * @param requested default: `key` when there is one, else `auto`.
 * @throws {TypeError} when what the path needs was not given.
 */
export function billingPath(
  requested: Billing | undefined,
  kind: 'media' | 'text',
  { hasKey, hasWallet }: BillingMeans
): BillingPath {
  const billing = requested ?? (hasKey ? 'key' : 'auto')
  if (billing === 'auto') return kind === 'text' && hasWallet ? 'wallet' : 'direct'
  if (billing === 'key' && !hasKey) throw new TypeError("billing: 'key' needs an apiKey")
  if (billing === 'wallet' && !hasWallet)
    throw new TypeError("billing: 'wallet' needs a walletProof or a walletFetch")
  if (billing !== 'key' && billing !== 'wallet' && billing !== 'direct') {
    throw new TypeError("billing must be 'direct', 'wallet', 'key' or 'auto'")
  }
  return billing
}

/** Why a request takes the path that it takes. */
export function billingReason(
  requested: Billing | undefined,
  kind: 'media' | 'text',
  { hasKey, hasWallet }: BillingMeans
): string {
  if (requested !== undefined && requested !== 'auto') return `billing: '${requested}' was requested`
  if (requested === undefined && hasKey) return 'there is an API key'
  if (kind === 'media') return 'images and videos cost what is quoted, so they are paid directly'
  return hasWallet
    ? 'text from a balance costs what it used: the rest of the reserve comes back'
    : 'there is no prepaid balance'
}
