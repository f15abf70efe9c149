import type { ChatCompletion } from '../chat-completion.js'

/** What a text took from a prepaid balance, in decimal USDC, as far as the service says so. */
export interface BalanceUse {
  readonly paid?: string
  readonly left?: string
}

/**
 * What a text took from a prepaid balance, as its answer says (Katana 82).
 *
 * @returns `undefined` where no balance paid for it.
 */
export function balanceUse({ usage }: Pick<ChatCompletion, 'usage'>): BalanceUse | undefined {
  const { billing_source: source, paid_usdc: paid, wallet_balance_after_usdc: left } = usage?.imgnai ?? {}
  if (left === undefined && !/balance/.test(String(source))) return undefined
  return {
    ...(isDecimal(paid) ? { paid: String(paid) } : {}),
    ...(isDecimal(left) ? { left: String(left) } : {})
  }
}

/** The service writes it, and people read it. */
function isDecimal(value: unknown): boolean {
  return (
    (typeof value === 'string' || typeof value === 'number') &&
    /^\d{1,12}(?:\.\d{1,18})?$/.test(String(value))
  )
}
