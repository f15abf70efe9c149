import {
  type AtomicUsdc,
  isBursarError,
  type Purchase,
  parseUsdc,
  sameAddress,
  transactionOf,
  type UsdcAmount
} from '@bursar/core'
import type { PrepaidContext } from './prepaid-context.js'
import { readMovements } from './read-account.js'
import type { Movement } from './service.js'
import { isTopUpOf, topUpAmount } from './top-up.js'

/** A top-up that was just paid is among the newest movements. */
const MAX_MOVEMENTS = 500
/** The largest difference by which the service's clock may be behind ours. */
const MAX_CLOCK_SKEW_MS = 60_000

/**
 * Whether the service lists the credit of a top-up: a movement that names its transaction; where that is unknown, one of its
 * amount since it was made that is no other top-up's.
 *
 * @throws {BursarError} `service/*`
 */
export async function isCreditShown(context: PrepaidContext, paid: Purchase): Promise<boolean> {
  const isUnknown = transactionOf(paid) === undefined
  const [amount, fromMs] = [topUpAmount(paid), paid.reservedAtMs - MAX_CLOCK_SKEW_MS]
  const entries: Movement[] = []
  let looked = 0
  for await (const movement of readMovements(context)) {
    if (context.service.isCreditOf(movement, paid)) return true
    const atMs = Date.parse(movement.at ?? '')
    if (++looked >= MAX_MOVEMENTS || (isUnknown && atMs < fromMs)) break
    if (isUnknown && atMs >= fromMs && amountOf(movement) === amount) entries.push(movement)
  }
  return entries.length > 0 && isOneOf(context, paid, { entries, fromMs })
}

/** Whether a top-up was credited by one of these entries of its amount, whatever else was. */
async function isOneOf(
  context: PrepaidContext,
  paid: Purchase,
  { entries, fromMs }: { readonly entries: readonly Movement[]; readonly fromMs: number }
): Promise<boolean> {
  const amount = topUpAmount(paid)
  const others = await otherTopUps(context, paid, fromMs)
  const isUnknown = (other: Purchase): boolean => transactionOf(other) === undefined
  const named = others.filter((other) => !isUnknown(other))
  const free = entries.filter((entry) => !named.some((other) => context.service.isCreditOf(entry, other)))
  // Of two top-ups and one entry, nobody knows whose it is.
  return free.length > others.filter((other) => isUnknown(other) && topUpAmount(other) === amount).length
}

/** The other top-ups of the same balance since a time that settled or still may. */
async function otherTopUps(
  context: PrepaidContext,
  paid: Purchase,
  fromMs: number
): Promise<readonly Purchase[]> {
  const found: Purchase[] = []
  const { host } = new URL(context.origin)
  for await (const other of context.parts.ledger.history({ host, network: context.network, fromMs }))
    if (other.id !== paid.id && isTopUpOf(context, other) && isSamePayer(other, paid) && mayHavePaid(other))
      found.push(other)
  return found
}

function isSamePayer(one: Purchase, other: Purchase): boolean {
  return one.kind === 'payment' && other.kind === 'payment' && sameAddress(one.payer, other.payer)
}

function mayHavePaid({ state }: Purchase): boolean {
  return state !== 'dead' && state !== 'released'
}

/** What a movement brings; `undefined` when it cannot be read. */
function amountOf({ amount }: Movement): AtomicUsdc | undefined {
  try {
    return parseUsdc(amount as UsdcAmount)
  } catch (error) {
    if (isBursarError(error, 'amount/malformed')) return undefined
    throw error
  }
}
