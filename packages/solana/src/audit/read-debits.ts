import type { Debit, NetworkId, Rpc } from '@bursar/core'
import type { Address } from '../address/address.js'
import { readBlockTime } from '../rpc/block-time.js'
import { type ListedTransaction, listTransactions } from '../rpc/listed-transactions.js'
import { type LandedTransaction, readLandedTransaction } from './landed-transaction.js'
import { tokenChanges } from './token-changes.js'

/** Which transfers are read. */
export interface DebitQuery {
  readonly network: NetworkId
  readonly mint: string
  readonly owner: string
  /** The owner's token account. */
  readonly account: Address
  /** Unix milliseconds. */
  readonly fromMs: number
}

/**
 * Reads every transfer out of a token account since a time.
 *
 * @throws {TypeError} when the node does not say.
 */
export async function readDebits(rpc: Rpc, query: DebitQuery): Promise<readonly Debit[]> {
  const debits: Debit[] = []
  for await (const { transactions } of listTransactions(rpc, query.account))
    for (const listed of transactions) {
      const atMs = await readTime(rpc, listed)
      if (atMs < query.fromMs) return debits
      const debit = await readDebit(rpc, query, { ...listed, atMs })
      if (debit) debits.push(debit)
    }
  return debits
}

async function readDebit(
  rpc: Rpc,
  query: DebitQuery,
  { name, atMs }: ListedTransaction & { readonly atMs: number }
): Promise<Debit | undefined> {
  const transaction = await readLandedTransaction(rpc, name)
  if (!transaction) throw new TypeError('The node lists a transaction and cannot show it')
  return transaction.hasSucceeded ? debitOf(query, { ...transaction, name, atMs }) : undefined
}

/** In Unix milliseconds. A transfer of which no time is known would be in no range that is asked for, and so be overlooked. */
async function readTime(rpc: Rpc, { slot, atSeconds }: ListedTransaction): Promise<number> {
  const seconds = atSeconds ?? (await readBlockTime(rpc, slot))
  if (seconds === undefined) throw new TypeError('The node does not say when a transaction was')
  return seconds * 1000
}

function debitOf(
  { network, mint, owner }: DebitQuery,
  {
    name: transaction,
    reference,
    atMs,
    meta
  }: LandedTransaction & { readonly name: string; readonly atMs: number }
): Debit | undefined {
  const changes = tokenChanges(meta, mint)
  const ours = changes.find((change) => change.owner === owner)
  if (!ours || ours.amount > 0n) return undefined
  const payee = changes.find(({ amount }) => amount > 0n)
  return {
    network,
    asset: mint,
    transaction,
    reference,
    payTo: payee?.owner ?? '',
    amountAtomic: -ours.amount,
    atMs
  }
}
