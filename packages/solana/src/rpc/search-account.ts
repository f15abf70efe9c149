import type { Rpc } from '@bursar/core'
import type { Address } from '../address/address.js'
import type { SentPayment } from '../transaction/sent-payment.js'
import { sameBytes } from '../wire/transaction.js'
import { readHeight } from './block-time.js'
import type { Landing, LandingQuery, Landings } from './landing.js'
import { type ListedTransaction, listTransactions } from './listed-transactions.js'
import { readTransactionSignatures } from './transaction-signatures.js'

/** The most pages that are read. Beyond them nothing is proven. */
const MAX_PAGES = 10
const MAX_OPENED_IN_VAIN = 200

/** The payments of one token account that are looked for. */
export interface AccountQueries {
  readonly source: Address
  readonly queries: readonly LandingQuery[]
}

/**
 * Looks for payments of one token account whose fee payer is somebody else. The fee payer signs first, so that the
 * transaction's name is not ours to know. Every landing touches the token account that pays, and what else touches it
 * are only the account's other payments and what it is sent. A transaction counts when it carries our signature; an
 * equal transfer, even from us, does not.
 *
 * @throws {TypeError} when the node does not say.
 */
export async function searchAccount(
  rpc: Rpc,
  { source, queries }: AccountQueries,
  asOfSlot: number | undefined
): Promise<Landings> {
  const search = new AccountSearch(rpc, queries)
  let pages = 0
  for await (const { transactions, last, isOfMany } of listTransactions(rpc, source, asOfSlot)) {
    if (++pages > MAX_PAGES) throw new TypeError('Too many transactions to look through')
    for (const transaction of transactions) await search.inspect(transaction)
    if (search.isOver) break
    if (isOfMany && (await readHeight(rpc, last.slot)) <= search.sinceHeight) break
  }
  return search.landings
}

/** What is found and what is still missing while an account is looked through. */
class AccountSearch {
  readonly landings = new Map<SentPayment, Landing>()
  /** No payment can be in a block this low. */
  readonly sinceHeight: bigint
  readonly #rpc: Rpc
  readonly #missing: Set<SentPayment>
  #openedInVain = 0

  constructor(rpc: Rpc, queries: readonly LandingQuery[]) {
    this.#rpc = rpc
    this.#missing = new Set(queries.map(({ payment }) => payment))
    const [lowest] = queries.map(({ sinceHeight }) => sinceHeight).toSorted((a, b) => Number(a - b))
    this.sinceHeight = lowest ?? 0n
  }

  get isOver(): boolean {
    return this.#missing.size === 0
  }

  /** Opens a transaction that succeeded and may be one of the payments, and looks for our signatures in it. */
  async inspect({ name, memo, hasFailed, atSeconds }: ListedTransaction): Promise<void> {
    if (hasFailed) return
    const candidates = [...this.#missing].filter((payment) => mayBe(payment, memo))
    if (candidates.length === 0) return
    if (this.#openedInVain >= MAX_OPENED_IN_VAIN) throw new TypeError('Too many transactions to look through')
    const signatures = await readTransactionSignatures(this.#rpc, name)
    const payment = candidates.find(({ signature }) => signatures.some((each) => sameBytes(each, signature)))
    if (payment) {
      this.landings.set(payment, { transaction: name, atSeconds })
      this.#missing.delete(payment)
    } else this.#openedInVain++
  }
}

/** Whether a transaction with this memo may be a payment. A node that keeps no memos lists none. */
function mayBe(payment: SentPayment, listedMemo: string | undefined): boolean {
  if (listedMemo === undefined) return true
  return payment.memo !== undefined && listedMemo.includes(payment.memo)
}
