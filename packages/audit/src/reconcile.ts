import type { Debit, NetworkId, Purchase } from '@bursar/core'
import { type Books, familyOf } from './ports.js'

/** Something on which ledger and chain do not agree. */
export type Discrepancy =
  /** It was paid, and the caller went without an answer. The same call asks for it again, and pays nothing. */
  | { readonly kind: 'paid-not-delivered'; readonly purchase: Purchase; readonly debit: Debit }
  /** USDC left the account, and no purchase accounts for it. */
  | { readonly kind: 'debited-unknown'; readonly debit: Debit }
  /** The chain has another amount or another payee than the ledger. */
  | { readonly kind: 'differs'; readonly purchase: Purchase; readonly debit: Debit }
  /** The server said that it settled, and the chain has no such transfer. */
  | { readonly kind: 'not-on-chain'; readonly purchase: Purchase }
  /** A top-up was paid, and the service's own list does not have it. */
  | { readonly kind: 'credit-missing'; readonly purchase: Purchase; readonly service: string }

/** What came of holding the ledger against the chain. */
export interface Reconciliation {
  readonly fromMs: number
  /** How many purchases settled since then, by the ledger; how many transfers left the account, by the chain. */
  readonly settled: number
  readonly debits: number
  /** Purchases that the ledger thought open and the chain has settled; it knows by now. */
  readonly learned: readonly Purchase[]
  readonly discrepancies: readonly Discrepancy[]
}

/** What is held against each other. */
export interface ReconcileQuery {
  /** Unix milliseconds. Default: a day ago. */
  readonly fromMs?: number
  readonly networks: readonly NetworkId[]
  /** Balances whose services are asked what they have credited. */
  readonly prepaid?: readonly { readonly service: string; readonly prepaid: PrepaidAccount }[]
}

/** A prepaid balance, as far as its credits are held against its top-ups; `Prepaid` of `@bursar/prepaid` is one. */
export interface PrepaidAccount {
  /** Whether a purchase is a top-up of this balance. */
  isTopUp(purchase: Purchase): boolean
  /** Every movement that the service lists. */
  transactions(): AsyncIterable<unknown>
  /** Whether a movement that the service lists is the credit of a top-up. */
  isCreditOf(movement: unknown, paid: Purchase): boolean
}

const DAY_MS = 86_400_000

/**
 * Joins the ledger with the chain, payment by payment, by the name of each authorization, and top-ups with what the
 * service says. What the ledger did not know to be settled it is told.
 *
 * @throws {BursarError} `rpc/unavailable`, `ledger/unavailable`, `service/*`
 */
export async function reconcile(books: Books, query: ReconcileQuery): Promise<Reconciliation> {
  const { fromMs = books.clock.nowMs() - DAY_MS, networks } = query
  const purchases = await purchasesSince(books, fromMs, networks)
  const debits = await debitsSince(books, fromMs, networks)
  const byName = new Map(purchases.map((purchase) => [nameOf(purchase), purchase]))
  const learned: Purchase[] = []
  const discrepancies: Discrepancy[] = []
  const seen = new Set<string>()
  for (const debit of debits) {
    const name = `${debit.network}/${debit.reference}`
    const purchase = byName.get(name)
    if (!purchase) {
      discrepancies.push({ kind: 'debited-unknown', debit })
      continue
    }
    seen.add(name)
    const known = await learn(books, purchase, debit)
    if (known !== purchase) learned.push(known)
    discrepancies.push(...judge(known, debit))
  }
  const settled = purchases.filter(
    ({ state, settledAtMs = 0 }) => state === 'settled' && settledAtMs >= fromMs
  )
  const missing = settled.filter((purchase) => !seen.has(nameOf(purchase)))
  discrepancies.push(...missing.map((purchase) => ({ kind: 'not-on-chain' as const, purchase })))
  discrepancies.push(...(await uncredited(settled, query.prepaid ?? [])))
  return { fromMs, settled: settled.length + learned.length, debits: debits.length, learned, discrepancies }
}

/** Top-ups that the services do not list. */
async function uncredited(
  settled: readonly Purchase[],
  prepaid: NonNullable<ReconcileQuery['prepaid']>
): Promise<Discrepancy[]> {
  const found: Discrepancy[] = []
  for (const { service, prepaid: balance } of prepaid) {
    const topUps = settled.filter((purchase) => balance.isTopUp(purchase))
    if (topUps.length === 0) continue
    const movements: unknown[] = []
    for await (const movement of balance.transactions()) movements.push(movement)
    for (const purchase of topUps) {
      const at = movements.findIndex((movement) => balance.isCreditOf(movement, purchase))
      // One credit stands for one top-up.
      if (at === -1) found.push({ kind: 'credit-missing', purchase, service })
      else movements.splice(at, 1)
    }
  }
  return found
}

/** An authorization lives for a day at most, so what settled since then was reserved within a day before. */
async function purchasesSince(
  { ledger }: Books,
  fromMs: number,
  networks: readonly NetworkId[]
): Promise<Purchase[]> {
  const purchases: Purchase[] = []
  for await (const purchase of ledger.history({ fromMs: fromMs - DAY_MS })) {
    if (purchase.authorization && networks.includes(purchase.offer.network)) purchases.push(purchase)
  }
  return purchases
}

async function debitsSince(
  { auditorOf }: Books,
  fromMs: number,
  networks: readonly NetworkId[]
): Promise<Debit[]> {
  const found = await Promise.all(
    networks.map(async (network) => (await auditorOf(familyOf(network)))?.readDebits(network, fromMs) ?? [])
  )
  return found.flat()
}

async function learn({ ledger }: Books, purchase: Purchase, { transaction }: Debit): Promise<Purchase> {
  const open = purchase.state === 'signed' || purchase.state === 'sent'
  return open ? ledger.recordEvent(purchase.id, { type: 'settled', transaction }) : purchase
}

function judge(purchase: Purchase, debit: Debit): Discrepancy[] {
  const { offer, call } = purchase
  const agrees = debit.amountAtomic === offer.amountAtomic && same(debit.payTo, offer.payTo)
  return [
    ...(agrees ? [] : [{ kind: 'differs' as const, purchase, debit }]),
    ...(call === 'failed' ? [{ kind: 'paid-not-delivered' as const, purchase, debit }] : [])
  ]
}

/** EVM addresses differ in letter case only by their checksum. */
function same(a: string, b: string): boolean {
  return a.startsWith('0x') ? a.toLowerCase() === b.toLowerCase() : a === b
}

function nameOf({ offer, authorization }: Purchase): string {
  return `${offer.network}/${authorization?.reference}`
}
