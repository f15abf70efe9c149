import { isJsonObject, type Rpc } from '@bursar/core'
import type { Address } from '../address/address.js'
import { CONFIRMED, isFailure, isHeight, malformedAnswer } from './account-info.js'
import { parseBlockTime } from './block-time.js'

/** The most that nodes list at once. */
const PAGE_LENGTH = 1000

/** A transaction that touched an account, as nodes list it. */
export interface ListedTransaction {
  /** Base58 of its first signature. */
  readonly name: string
  readonly slot: number
  /** Such as `[32] 5f2c…`, several separated by `; `; nothing where the node keeps no memos. */
  readonly memo: string | undefined
  /** It landed and failed, so that it has moved nothing. */
  readonly hasFailed: boolean
  /** Unix seconds of its block, where the node says it. */
  readonly atSeconds: number | undefined
}

/** A page of transactions, newest first. */
export interface TransactionsPage {
  readonly transactions: readonly ListedTransaction[]
  /** The oldest. */
  readonly last: ListedTransaction
  /** Whether the page has as many as were asked for, or came behind another. */
  readonly isOfMany: boolean
}

/**
 * Reads the transactions that touched an account, newest first. The list ends where the node has nothing more: not with a short
 * page, since some nodes list fewer at once than they are asked for.
 *
 * @param asOfSlot the node must know the chain up to this slot.
 * @throws {TypeError} when the node does not say.
 */
export async function* listTransactions(
  rpc: Rpc,
  account: Address,
  asOfSlot?: number
): AsyncGenerator<TransactionsPage, void, undefined> {
  let before: string | undefined
  for (;;) {
    const transactions = await readPage(rpc, account, { before, asOfSlot })
    const last = transactions.at(-1)
    if (!last) return
    if (transactions.some(({ name }) => name === before))
      throw new TypeError('The node lists the same transactions again')
    yield { transactions, last, isOfMany: before !== undefined || transactions.length >= PAGE_LENGTH }
    before = last.name
  }
}

interface PageQuery {
  /** The last transaction of the page before. */
  readonly before: string | undefined
  readonly asOfSlot: number | undefined
}

async function readPage(
  rpc: Rpc,
  account: Address,
  { before, asOfSlot }: PageQuery
): Promise<readonly ListedTransaction[]> {
  const config = {
    limit: PAGE_LENGTH,
    commitment: CONFIRMED,
    ...(asOfSlot === undefined ? {} : { minContextSlot: asOfSlot }),
    ...(before === undefined ? {} : { before })
  }
  const entries = await rpc('getSignaturesForAddress', [account.text, config])
  if (!Array.isArray(entries)) throw malformedAnswer('getSignaturesForAddress')
  return entries.map(readEntry)
}

function readEntry(entry: unknown): ListedTransaction {
  if (!isJsonObject(entry) || typeof entry.signature !== 'string' || !isHeight(entry.slot)) {
    throw malformedAnswer('getSignaturesForAddress')
  }
  return {
    name: entry.signature,
    slot: entry.slot,
    memo: typeof entry.memo === 'string' ? entry.memo : undefined,
    hasFailed: isFailure(entry.err),
    atSeconds: parseBlockTime(entry.blockTime)
  }
}
