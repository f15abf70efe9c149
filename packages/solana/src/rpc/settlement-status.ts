import {
  type ChainReader,
  isJsonObject,
  type Rpc,
  type SettlementReader,
  type SettlementStatus,
  type SignedPayment
} from '@bursar/core'
import { readSentPayment } from '../transaction/sent-payment.js'
import { isHeight, malformedAnswer } from './account-info.js'
import { readHeight } from './block-time.js'
import { BLOCKHASH_LIFE_BLOCKS } from './blockhash.js'
import { findLandings } from './find-landings.js'
import type { Landing, LandingQuery } from './landing.js'

/** Builds the reader of settlement statuses. */
export function createSettlementReader(reader: ChainReader): SettlementReader {
  return {
    async getSettlementStatus(payment, signal) {
      const query = queryOf(payment)
      return reader.read(payment.network, (rpc) => readSettlementStatus(rpc, query), {
        signal,
        moneyState: 'unknown'
      })
    },
    async getSettlementStatuses(network, payments, signal) {
      const queries = payments.map(queryOf)
      return reader.read(network, (rpc) => readSettlementStatuses(rpc, queries), {
        signal,
        moneyState: 'unknown'
      })
    }
  }
}

/** A payment that is looked for, and the last block height at which its blockhash is valid. */
interface StatusQuery extends LandingQuery {
  readonly expiry: bigint
}

function queryOf(payment: SignedPayment): StatusQuery {
  const { expiry } = payment
  // The expiry was read before the payment was signed, so the payment is in no block older than that.
  const sinceHeight = expiry - BigInt(BLOCKHASH_LIFE_BLOCKS) - 1n
  return { payment: readSentPayment(payment), sinceHeight, expiry }
}

async function readSettlementStatus(rpc: Rpc, query: StatusQuery): Promise<SettlementStatus> {
  const [status] = await readSettlementStatuses(rpc, [query])
  if (status) return status
  throw new TypeError('The node no longer keeps the blocks in which the payment could be')
}

/**
 * Reads what became of payments. The height is read before the landings are looked for: a search first could miss a
 * landing that happens before the height is read, and a payment that settled would be called dead.
 *
 * The runtime takes a blockhash for one block more than `lastValidBlockHeight` says. That block too is final once the
 * finalized height has passed the expiry, so a search after that sees every block that could hold the payment.
 *
 * @returns nothing for a payment whose blocks the node no longer keeps.
 * @throws {TypeError} when the node does not say.
 */
async function readSettlementStatuses(
  rpc: Rpc,
  queries: readonly StatusQuery[]
): Promise<readonly (SettlementStatus | undefined)[]> {
  const { slot, height } = await readFinalized(rpc)
  const landings = await findLandings(rpc, queries)
  const expired = queries.filter(({ payment, expiry }) => height > expiry && !landings.has(payment))
  // The address may stand for many nodes, and the one that was asked may be behind. Asked again, a node must know
  // the chain up to the height that was read; alone it would not do, since some take the slot for a filter.
  const late = expired.length === 0 ? landings : await findLandings(rpc, expired, slot)
  const isMissing = expired.some(({ payment }) => !late.has(payment))
  const firstHeight = isMissing ? await readFirstHeight(rpc) : undefined
  return queries.map(({ payment, expiry, sinceHeight }) => {
    const landing = landings.get(payment) ?? late.get(payment)
    if (landing) return settled(landing)
    if (height <= expiry) return { status: 'open' }
    const isKept = firstHeight === undefined || firstHeight <= sinceHeight
    return isKept ? { status: 'dead' } : undefined
  })
}

function settled({ transaction, atSeconds }: Landing): SettlementStatus {
  return {
    status: 'settled',
    transaction,
    ...(atSeconds === undefined ? {} : { settledAtSeconds: atSeconds })
  }
}

async function readFinalized(rpc: Rpc): Promise<{ slot: number; height: bigint }> {
  const info = await rpc('getEpochInfo', [{ commitment: 'finalized' }])
  if (!isJsonObject(info) || !isHeight(info.absoluteSlot) || !isHeight(info.blockHeight)) {
    throw malformedAnswer('getEpochInfo')
  }
  return { slot: info.absoluteSlot, height: BigInt(info.blockHeight) }
}

/**
 * The height of the first block that the node still keeps: it finds nothing in those that it has thrown away. Nothing
 * when it keeps all.
 */
async function readFirstHeight(rpc: Rpc): Promise<bigint | undefined> {
  const first = await rpc('getFirstAvailableBlock')
  if (!isHeight(first)) throw malformedAnswer('getFirstAvailableBlock')
  return first === 0 ? undefined : readHeight(rpc, first)
}
