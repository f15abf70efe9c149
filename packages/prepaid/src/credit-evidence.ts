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

/** A service chooses how long its list is. Each call since a top-up may be an entry above it: of 1 USDC, some thousands. */
const MAX_MOVEMENTS = 10_000
/** How many entries from before a top-up are read, for a list in which they do not come last. */
const MAX_OLDER = 500
/** The largest difference by which the service's clock may be behind ours. */
const MAX_CLOCK_SKEW_MS = 60_000

/** What a list says of a credit: it has it, or not; unknown, where it does not reach back to when the top-up was made. */
export type Evidence = 'shown' | 'missing' | 'unknown'

/**
 * Whether the service lists the credit of a top-up: a movement that names its transaction; where that is unknown, one of its
 * amount since it was made that is no other top-up's.
 *
 * @throws {BursarError} `service/*`
 */
export async function evidenceOfCredit(context: PrepaidContext, paid: Purchase): Promise<Evidence> {
  const amount = topUpAmount(paid)
  const fromMs = paid.reservedAtMs - MAX_CLOCK_SKEW_MS
  const isUnknown = transactionOf(paid) === undefined
  const reach = newReach(fromMs, isUnknown ? 1 : MAX_OLDER)
  const entries: Movement[] = []
  for await (const movement of readMovements(context)) {
    if (context.service.isCreditOf(movement, paid)) return 'shown'
    const isSince = reach.note(movement)
    if (isUnknown && isSince && amountOf(movement) === amount) entries.push(movement)
    if (reach.isFar()) break
  }
  if (entries.length > 0 && (await isOneOf(context, paid, { entries, fromMs }))) return 'shown'
  return reach.endsBefore() ? 'unknown' : 'missing'
}

/** How far a list was read: to a time, and some entries from before it. */
function newReach(fromMs: number, maxOlder: number) {
  let [looked, older, isSince] = [0, 0, false]
  return {
    /** @returns whether the entry says that it is of that time or later. */
    note({ at }: Movement): boolean {
      const atMs = Date.parse(at ?? '')
      looked++
      if (atMs < fromMs) older++
      isSince = atMs >= fromMs
      return isSince
    },
    isFar: () => looked >= MAX_MOVEMENTS || older >= maxOlder,
    /** Whether it did not get to that time, as far as its entries say. */
    endsBefore: () => looked >= MAX_MOVEMENTS || (older === 0 && isSince)
  }
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
