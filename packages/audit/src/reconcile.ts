import {
  type Debit,
  type HasPrepaidAccount,
  loggable,
  type NetworkId,
  type Purchase,
  transactionOf
} from '@bursar/core'
import { type AuditParts, familyOf } from './audit-parts.js'
import { type Discrepancy, findMismatches } from './discrepancy.js'
import { isWhole } from './is-whole.js'
import { matchDebits } from './match-debits.js'
import { missingCredits } from './missing-credits.js'
import { readDebits, readPurchases } from './read-sides.js'
import { claimOf } from './verify.js'

/** The result of comparing the ledger with the chain. */
export interface Reconciliation {
  /** Unix milliseconds. */
  readonly fromMs: number
  /** How many purchases settled since then, by the ledger. */
  readonly settled: number
  /** How many transfers left the account since then, by the chain. */
  readonly debits: number
  /** Purchases that were open in the ledger and that the chain has settled. They are recorded by now. */
  readonly learned: readonly Purchase[]
  readonly discrepancies: readonly Discrepancy[]
}

/** The range of a reconciliation. */
export interface ReconcileQuery {
  /**
   * Unix milliseconds. Default: a day ago; a day before the newest purchase of a ledger that was restored. Never before what
   * the ledger has forgotten.
   */
  readonly fromMs?: number
  readonly networks: readonly NetworkId[]
  /** Services that are asked what they have credited. */
  readonly prepaid?: readonly HasPrepaidAccount[]
}

const DAY_MS = 86_400_000

/**
 * Compares the ledger with the chain, payment by payment, and top-ups with the credits of the services. Settlements
 * that the ledger did not know are recorded; unknown transfers are entered, once, so that budgets and history have
 * them. A ledger that was restored from a backup may pay again once everything since its newest purchase was
 * looked at, on every network of the bursar and every other where its accounts paid lately.
 *
 * The chain is read first, so that what is bought meanwhile is not taken for a transfer without a purchase.
 *
 * @throws {BursarError} `rpc/unavailable`, `ledger/unavailable`, `service/*`
 */
export async function reconcile(parts: AuditParts, query: ReconcileQuery): Promise<Reconciliation> {
  const { networks } = query
  const newestMs = await newestIfRestored(parts)
  const wantedMs =
    query.fromMs ?? Math.min(parts.clock.nowMs(), newestMs ?? Number.POSITIVE_INFINITY) - DAY_MS
  const firstMs = await firstComparableMs(parts)
  const fromMs = Math.max(wantedMs, firstMs)
  const debits = await readDebits(parts, fromMs, networks)
  const purchases = await readPurchases(parts, fromMs, networks)
  const { matched, unknown, unmatched } = matchDebits(debits, purchases, fromMs)
  const learned: Purchase[] = []
  const settled = [...unmatched]
  const discrepancies: Discrepancy[] = unknown.map((debit) => ({ kind: 'debited-unknown', debit }))
  for (const debit of unknown) await parts.ledger.recordDebit(debit)
  for (const { purchase, debit } of matched) {
    const known = await learn(parts, purchase, debit)
    if (known !== purchase) learned.push(known)
    settled.push(known)
    discrepancies.push(...findMismatches(known, debit))
  }
  for (const purchase of unmatched) {
    // A transfer was entered because a chain had it. Here it is another account's, such as that of a wallet before this one.
    if (purchase.kind === 'debit') continue
    if (!(await isOnChain(parts, purchase))) discrepancies.push({ kind: 'not-on-chain', purchase })
  }
  discrepancies.push(...(await missingCredits(settled, query.prepaid ?? [])))
  const isSinceNewest = newestMs !== undefined && fromMs <= Math.max(newestMs, firstMs)
  if (isSinceNewest && (await isWhole(parts, networks, newestMs))) await parts.ledger.markReconciled()
  return loggable({
    fromMs,
    settled: settled.length,
    debits: matched.length + unknown.length,
    learned: learned.map(loggable),
    discrepancies: discrepancies.map(loggable)
  })
}

/**
 * When a restored ledger's newest purchase was reserved. `undefined`: the ledger was not restored. A transfer that an earlier look
 * entered is none: where that look reached one network alone, the others are still to be looked at from before it.
 */
async function newestIfRestored({ ledger }: AuditParts): Promise<number | undefined> {
  const { restored } = await ledger.status()
  if (!restored) return undefined
  for await (const { kind, reservedAtMs } of ledger.history()) if (kind !== 'debit') return reservedAtMs
  return 0
}

/** From when on the ledger has everything: what it has forgotten on purpose is no transfer without a purchase. */
async function firstComparableMs({ ledger }: AuditParts): Promise<number> {
  const { forgottenUntilMs } = await ledger.status()
  return forgottenUntilMs === undefined ? Number.NEGATIVE_INFINITY : forgottenUntilMs + 2 * DAY_MS
}

async function learn(
  { ledger }: AuditParts,
  purchase: Purchase,
  { transaction, amountAtomic, atMs }: Debit
): Promise<Purchase> {
  const { id, state, offer } = purchase
  const isOpen = state === 'signed' || state === 'sent'
  const isTakenUnknown = state === 'settled' && offer.upto !== undefined && !offer.upto.isTaken
  if (!isOpen && !isTakenUnknown) return purchase
  return ledger.recordEvent(id, { type: 'settled', transaction, amountAtomic, settledAtMs: atMs })
}

/** Whether the chain has the transaction that a purchase's server named, at whatever time. */
async function isOnChain({ auditorOf }: AuditParts, purchase: Purchase): Promise<boolean> {
  const { offer } = purchase
  const transaction = transactionOf(purchase)
  const claim = transaction === undefined ? undefined : claimOf(purchase, transaction)
  const auditor = await auditorOf(familyOf(offer.network))
  return claim !== undefined && (await auditor?.confirm(claim)) === 'confirmed'
}
