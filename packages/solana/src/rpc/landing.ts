import { isJsonObject } from '@bursar/core'
import bs58 from 'bs58'
import type { SentPayment } from '../transaction/sent-payment.js'
import { decodeBase64 } from '../wire/base64.js'
import { readSignatures, sameBytes } from '../wire/transaction.js'
import { CONFIRMED, isHeight, malformedAnswer, readSlot, readValue } from './account-info.js'
import type { Rpc } from './endpoint.js'

/** The transaction that a payment landed in, base58, or nothing when it has not landed. */
export type Landing = string | undefined

const PAGE = 1000
/** Beyond these the node is asked no further, and nothing is proven. */
const MAX_PAGES = 10
const MAX_OPENED = 200
/** What nodes answer when a transaction is of a version that was not asked for. */
const UNSUPPORTED_VERSION = -32_015
const LATER_VERSION = Symbol('a transaction of a later version')

/** What is looked for, and where. */
export interface LandingQuery {
  readonly payment: SentPayment
  /** No landing can be in a block this low. */
  readonly sinceHeight: bigint
  /** The node must know the chain up to this slot. */
  readonly asOfSlot?: number
}

/**
 * Finds the transaction that a payment landed in.
 *
 * @throws {TypeError} when the node cannot tell.
 */
export function findLanding(rpc: Rpc, query: LandingQuery): Promise<Landing> {
  return query.payment.namesTransaction ? askByName(rpc, query) : search(rpc, query)
}

/** We paid the fee ourselves, so the transaction is named by our own signature. */
async function askByName(rpc: Rpc, { payment, asOfSlot = 0 }: LandingQuery): Promise<Landing> {
  const name = bs58.encode(payment.signature)
  const answer = await rpc('getSignatureStatuses', [[name], { searchTransactionHistory: true }])
  const statuses = readValue(answer)
  if (!Array.isArray(statuses)) throw malformedAnswer('getSignatureStatuses')
  if (readSlot(answer) < asOfSlot) throw new TypeError('The node is behind')
  const [status]: unknown[] = statuses
  if (!isJsonObject(status) || isFailure(status.err)) return undefined
  return status.confirmationStatus === 'processed' ? undefined : name
}

interface Candidate {
  readonly name: string
  readonly slot: number
  /** `[32] 5f2c…`, several separated by `; `; nothing where the node keeps no memos. */
  readonly memo: string | undefined
}

/**
 * The fee payer signs first, so the transaction's name is not ours to know. Every landing touches the token account
 * that we pay from, which is touched by nobody else's payments, only by those of this account and by what it is
 * sent; among these the one counts that carries our signature. An equal transfer, even from us, does not.
 */
async function search(rpc: Rpc, query: LandingQuery): Promise<Landing> {
  let opened = 0
  let before: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const { length, last, candidates } = await readPage(rpc, query, before)
    for (const { name } of candidates) {
      if (++opened > MAX_OPENED) throw new TypeError('Too many transactions to look through')
      if (await carries(rpc, name, query.payment.signature)) return name
    }
    if (!last || length < PAGE || (await heightOf(rpc, last.slot)) <= query.sinceHeight) return undefined
    before = last.name
  }
  throw new TypeError('Too many transactions to look through')
}

interface Page {
  readonly length: number
  readonly last: Candidate | undefined
  /** Those that succeeded and may carry our memo. */
  readonly candidates: readonly Candidate[]
}

async function readPage(rpc: Rpc, query: LandingQuery, before: string | undefined): Promise<Page> {
  const { source, memo } = query.payment
  const config = {
    limit: PAGE,
    commitment: CONFIRMED,
    ...(query.asOfSlot === undefined ? {} : { minContextSlot: query.asOfSlot }),
    ...(before === undefined ? {} : { before })
  }
  const entries = await rpc('getSignaturesForAddress', [source.text, config])
  if (!Array.isArray(entries)) throw malformedAnswer('getSignaturesForAddress')
  const all = entries.map((entry: unknown) => {
    if (!isJsonObject(entry) || typeof entry.signature !== 'string' || !isHeight(entry.slot)) {
      throw malformedAnswer('getSignaturesForAddress')
    }
    const noted = typeof entry.memo === 'string' ? entry.memo : undefined
    return { name: entry.signature, slot: entry.slot, memo: noted, failed: isFailure(entry.err) }
  })
  const candidates = all.filter(({ failed, memo: noted }) => !failed && (noted?.includes(memo) ?? true))
  return { length: all.length, last: all.at(-1), candidates }
}

/** A transaction that landed and failed has moved nothing. */
function isFailure(error: unknown): boolean {
  return error !== null && error !== undefined
}

async function carries(rpc: Rpc, name: string, signature: Uint8Array): Promise<boolean> {
  const found = await readLanded(rpc, name)
  if (found === LATER_VERSION) return false
  const [encoded]: unknown[] =
    isJsonObject(found) && Array.isArray(found.transaction) ? found.transaction : []
  const bytes = decodeBase64(encoded)
  // A node that lists a transaction and cannot show it cannot tell what is in it.
  if (!bytes) throw malformedAnswer('getTransaction')
  return readSignatures(bytes).some((each) => sameBytes(each, signature))
}

/** Payments are of version 0, so what a node says is of a later one is none. */
async function readLanded(rpc: Rpc, name: string): Promise<unknown> {
  const config = { encoding: 'base64', commitment: CONFIRMED, maxSupportedTransactionVersion: 0 }
  try {
    return await rpc('getTransaction', [name, config])
  } catch (error) {
    const isLater = error instanceof TypeError && 'code' in error && error.code === UNSUPPORTED_VERSION
    if (isLater) return LATER_VERSION
    throw error
  }
}

/** The height of the block in a slot. */
export async function heightOf(rpc: Rpc, slot: number): Promise<bigint> {
  const config = { transactionDetails: 'none', rewards: false, maxSupportedTransactionVersion: 0 }
  const block = await rpc('getBlock', [slot, { ...config, commitment: CONFIRMED }])
  if (!isJsonObject(block) || !isHeight(block.blockHeight)) throw malformedAnswer('getBlock')
  return BigInt(block.blockHeight)
}
