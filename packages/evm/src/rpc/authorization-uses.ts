import type { SettlementStatus, SignedPayment } from '@bursar/core'
import type { PublicClient } from 'viem'
import { readAddress, readHash } from '../address/address.js'
import { readLogTime } from './block-time.js'
import { findFirstBlockSince } from './find-block.js'
import { cancelledEvent, usedEvent } from './token-abi.js'

/** As much of a payment as says where an authorization is of, and when it ends. */
export type AuthorizationKey = Pick<SignedPayment, 'asset' | 'payer' | 'reference' | 'expiry'>

/** How many blocks before an authorization's end are searched: an hour on Base, and what public endpoints allow. */
const SEARCHED_BLOCKS = 1_800n
/** Authorizations that end this close to each other share a search. */
const GROUP_SECONDS = 120n
/**
 * Within this time after its end, the newest blocks cover an authorization's life, and no block has to be searched for.
 */
const RECENT_SECONDS = 60n

/** The newest block that an endpoint knows. */
export interface LatestBlock {
  readonly number: bigint
  /** Unix seconds. */
  readonly timestamp: bigint
}

/**
 * Reads whether used nonces were used by the transfer or by a cancellation. If the event is not found, because the
 * endpoint keeps no old logs, the nonce counts as settled: that mistake cannot pay twice.
 *
 * @see EIP-3009, `AuthorizationUsed` and `AuthorizationCanceled`
 */
export async function readUses<Key extends AuthorizationKey>(
  client: PublicClient,
  payments: readonly Key[],
  latest: LatestBlock
): Promise<ReadonlyMap<Key, SettlementStatus>> {
  const uses = new Map<Key, SettlementStatus>()
  for (const group of groupByEnd(payments)) {
    const found = await readEvents(client, group, latest).catch(() => undefined)
    for (const payment of group) {
      uses.set(payment, found?.get(payment.reference.toLowerCase()) ?? { status: 'settled' })
    }
  }
  return uses
}

/** Payments of one token and account whose authorizations end at about the same time. */
type PaymentGroup<Key> = readonly [Key, ...Key[]]

function groupByEnd<Key extends AuthorizationKey>(payments: readonly Key[]): PaymentGroup<Key>[] {
  const groups: [Key, ...Key[]][] = []
  for (const payment of payments.toSorted((a, b) => Number(a.expiry - b.expiry))) {
    const group = groups.find(
      ([first]) =>
        first.asset === payment.asset &&
        first.payer === payment.payer &&
        payment.expiry - first.expiry <= GROUP_SECONDS
    )
    if (group) group.push(payment)
    else groups.push([payment])
  }
  return groups
}

/** By nonce, in lower case. */
async function readEvents(
  client: PublicClient,
  group: PaymentGroup<AuthorizationKey>,
  latest: LatestBlock
): Promise<ReadonlyMap<string, SettlementStatus>> {
  const [{ asset, payer }] = group
  const query = {
    address: readAddress(asset),
    args: { authorizer: readAddress(payer), nonce: group.map(({ reference }) => readHash(reference)) },
    ...(await blocksUntil(client, group.at(-1)?.expiry ?? 0n, latest))
  }
  const [used, cancelled] = await Promise.all([
    client.getLogs({ ...query, event: usedEvent, strict: true }),
    client.getLogs({ ...query, event: cancelledEvent, strict: true })
  ])
  const statuses = new Map<string, SettlementStatus>()
  for (const { args } of cancelled) statuses.set(args.nonce.toLowerCase(), { status: 'dead' })
  for (const log of used) {
    const settledAtSeconds = await readLogTime(client, log)
    const { transactionHash: transaction } = log
    statuses.set(log.args.nonce.toLowerCase(), { status: 'settled', transaction, settledAtSeconds })
  }
  return statuses
}

/** The blocks in which an authorization can be used: before its end, so the search ends there, however long ago that is. */
export async function blocksUntil(client: PublicClient, end: bigint, latest: LatestBlock) {
  const isRecent = latest.timestamp < end + RECENT_SECONDS
  const toBlock = isRecent ? latest.number : await findFirstBlockSince(client, end, latest)
  return { fromBlock: toBlock > SEARCHED_BLOCKS ? toBlock - SEARCHED_BLOCKS : 0n, toBlock }
}
