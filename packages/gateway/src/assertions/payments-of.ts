import type { TestPayment, TestWallet } from '../stack/test-wallet.js'

/** A wallet on one chain, or one on each, as `wallets` and `stack.newWallet()` are. */
export type Spender = Payer | Wallets

type Payer = Pick<TestWallet, 'payments'>

interface Wallets {
  readonly base?: Payer
  readonly solana?: Payer
}

/** Something that an assertion is made about: a spender, or a stack, whose own wallets are meant. */
export type Paying = Spender | { readonly wallets: Wallets }

/**
 * Reads the payments that have settled from the chains: those on Base first, oldest first.
 *
 * @throws {TypeError} when it is no wallet, wallets or stack.
 */
export async function paymentsOf(paying: unknown): Promise<readonly TestPayment[]> {
  const payments = await Promise.all(payersOf(paying).map((payer) => payer.payments()))
  return payments.flat()
}

function payersOf(paying: unknown): readonly Payer[] {
  if (isPayer(paying)) return [paying]
  const wallets = isObject(paying) && isObject(paying.wallets) ? paying.wallets : paying
  const payers = isObject(wallets) ? [wallets.base, wallets.solana].filter(isPayer) : []
  if (payers.length === 0) throw new TypeError('Give a wallet, the wallets of a test, or a stack')
  return payers
}

function isPayer(value: unknown): value is Payer {
  return isObject(value) && typeof value.payments === 'function'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
