import type { Debit, NetworkId, Rpc } from '@bursar/core'
import type { Address } from '../address/address.js'
import { PAGE_LENGTH, readSignaturesPage } from '../rpc/signatures-page.js'
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
  for await (const name of readNames(rpc, query.account)) {
    const transaction = await readLandedTransaction(rpc, name)
    if (!transaction) throw new TypeError('The node lists a transaction and cannot show it')
    if (transaction.atMs !== undefined && transaction.atMs < query.fromMs) break
    const debit = transaction.hasSucceeded ? debitOf(query, name, transaction) : undefined
    if (debit) debits.push(debit)
  }
  return debits
}

/** Every transaction that touched an account, newest first. */
async function* readNames(rpc: Rpc, account: Address): AsyncGenerator<string, void, undefined> {
  for (let before: string | undefined; ; ) {
    const page = await readSignaturesPage(rpc, account, { before })
    for (const { name } of page) yield name
    before = page.at(-1)?.name
    if (page.length < PAGE_LENGTH) return
  }
}

function debitOf(
  { network, mint, owner }: DebitQuery,
  transaction: string,
  { reference, atMs, meta }: LandedTransaction
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
    atMs: atMs ?? 0
  }
}
