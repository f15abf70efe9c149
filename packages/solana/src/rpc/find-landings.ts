import { isJsonObject, type JsonObject, type Rpc } from '@bursar/core'
import bs58 from 'bs58'
import type { Address } from '../address/address.js'
import type { SentPayment } from '../transaction/sent-payment.js'
import { isFailure, isHeight, malformedAnswer, readSlot, readValue } from './account-info.js'
import { readBlockTime } from './block-time.js'
import type { Landing, LandingQuery, Landings } from './landing.js'
import { type AccountQueries, searchAccount } from './search-account.js'

/** How many names `getSignatureStatuses` takes. */
const NAMES_PER_CALL = 256

/**
 * Finds the transactions that payments landed in, with one search for all payments of an account.
 *
 * @param asOfSlot the node must know the chain up to this slot.
 * @throws {TypeError} when the node does not say.
 */
export async function findLandings(
  rpc: Rpc,
  queries: readonly LandingQuery[],
  asOfSlot?: number
): Promise<Landings> {
  const named = queries.filter(({ payment }) => payment.namesTransaction)
  const landings = new Map<SentPayment, Landing>()
  for (let first = 0; first < named.length; first += NAMES_PER_CALL) {
    const found = await readNamed(rpc, named.slice(first, first + NAMES_PER_CALL), asOfSlot)
    for (const [payment, landing] of found) landings.set(payment, landing)
  }
  for (const group of groupBySource(queries)) {
    const found = await searchAccount(rpc, group, asOfSlot)
    for (const [payment, landing] of found) landings.set(payment, landing)
  }
  return landings
}

/** Payments whose fee we paid ourselves: their transactions are named by our own signatures. */
async function readNamed(rpc: Rpc, queries: readonly LandingQuery[], asOfSlot = 0): Promise<Landings> {
  const names = queries.map(({ payment }) => bs58.encode(payment.signature))
  const answer = await rpc('getSignatureStatuses', [names, { searchTransactionHistory: true }])
  const statuses = readValue(answer)
  if (!Array.isArray(statuses)) throw malformedAnswer('getSignatureStatuses')
  if (readSlot(answer) < asOfSlot) throw new TypeError('The node is behind')
  const landings = new Map<SentPayment, Landing>()
  for (const [index, { payment }] of queries.entries()) {
    const status: unknown = statuses[index]
    const transaction = names[index]
    if (transaction === undefined || !isLanded(status)) continue
    const atSeconds = isHeight(status.slot) ? await readBlockTime(rpc, status.slot) : undefined
    landings.set(payment, { transaction, atSeconds })
  }
  return landings
}

function isLanded(status: unknown): status is JsonObject {
  return isJsonObject(status) && !isFailure(status.err) && status.confirmationStatus !== 'processed'
}

/** Of the payments whose transactions are named by somebody else's signature. */
function groupBySource(queries: readonly LandingQuery[]): Iterable<AccountQueries> {
  const groups = new Map<string, { readonly source: Address; readonly queries: LandingQuery[] }>()
  for (const query of queries) {
    const { namesTransaction, source } = query.payment
    if (namesTransaction) continue
    const group = groups.get(source.text) ?? { source, queries: [] }
    group.queries.push(query)
    groups.set(source.text, group)
  }
  return groups.values()
}
