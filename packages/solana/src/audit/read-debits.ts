import { type Debit, isJsonObject, type NetworkId } from '@bursar/core'
import type { Address } from '../address/address.js'
import { CONFIRMED, malformedAnswer } from '../rpc/account-info.js'
import type { Rpc } from '../rpc/endpoint.js'
import { type LandedTransaction, readLandedTransaction } from './read-transaction.js'
import { tokenChanges } from './token-changes.js'

const PAGE = 1000

/** Which transfers are asked for. */
export interface DebitQuery {
  readonly network: NetworkId
  readonly mint: string
  readonly owner: string
  /** The owner's token account. */
  readonly account: Address
  readonly fromMs: number
}

/**
 * Every transfer out of a token account since a time.
 *
 * @throws {TypeError} when the node cannot tell.
 */
export async function readDebits(rpc: Rpc, query: DebitQuery): Promise<readonly Debit[]> {
  const debits: Debit[] = []
  for await (const name of namesOf(rpc, query.account)) {
    const transaction = await readLandedTransaction(rpc, name)
    if (!transaction) throw new TypeError('The node lists a transaction and cannot show it')
    if (transaction.atMs !== 0 && transaction.atMs < query.fromMs) break
    const debit = transaction.succeeded ? debitOf(query, name, transaction) : undefined
    if (debit) debits.push(debit)
  }
  return debits
}

/** Every transaction that touched an account, newest first. */
async function* namesOf(rpc: Rpc, account: Address): AsyncGenerator<string, void, undefined> {
  for (let before: string | undefined; ; ) {
    const names = await readPage(rpc, account, before)
    yield* names
    before = names.at(-1)
    if (names.length < PAGE) return
  }
}

async function readPage(rpc: Rpc, account: Address, before: string | undefined): Promise<string[]> {
  const config = { limit: PAGE, commitment: CONFIRMED, ...(before === undefined ? {} : { before }) }
  const entries = await rpc('getSignaturesForAddress', [account.text, config])
  if (!Array.isArray(entries)) throw malformedAnswer('getSignaturesForAddress')
  return entries.map((entry: unknown) => {
    if (!isJsonObject(entry) || typeof entry.signature !== 'string') {
      throw malformedAnswer('getSignaturesForAddress')
    }
    return entry.signature
  })
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
    atMs
  }
}
