import { COMPUTE_UNITS } from './transfer.js'

/** A number from one bound to another, both included. */
interface Bounds {
  readonly min: bigint
  readonly max: bigint
}

/** How much compute a transaction may ask for, and at which price. */
export interface ComputeBudget {
  readonly units: Bounds
  readonly microLamportsPerUnit: Bounds
}

/** No facilitator takes a higher price. @see x402 exact/SVM, 3.2 */
const MAX_PRICE = 5_000_000n
/** What Solana allows an instruction that names no limit; enough for a payment with every assertion that fits. */
const MAX_UNITS = 200_000n

const units = BigInt(COMPUTE_UNITS)

/** The budget that is asked for, and no other. */
export function exactBudget(price: bigint): ComputeBudget {
  return { units: { min: units, max: units }, microLamportsPerUnit: { min: price, max: price } }
}

/**
 * What a wallet may make of the budget: some raise the price so that their users' transactions land soon, and the limit
 * for assertions that they add.
 *
 * @param keptPrice the price that must stay, where it is what tells two equal payments apart.
 */
export function walletBudget(keptPrice: bigint | undefined): ComputeBudget {
  const price = keptPrice === undefined ? { min: 0n, max: MAX_PRICE } : { min: keptPrice, max: keptPrice }
  return { units: { min: units, max: MAX_UNITS }, microLamportsPerUnit: price }
}
