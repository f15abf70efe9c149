import type { SettlementStatus, SignedPayment } from '@bursar/core'
import type { PublicClient } from 'viem'
import { readAddress } from '../address/address.js'
import { blocksUntil, type LatestBlock } from '../rpc/authorization-uses.js'
import { readLogTime } from '../rpc/block-time.js'
import { PERMIT2 } from './addresses.js'
import { type BlockRange, findTransfers, type TransferLog } from './find-transfers.js'
import { invalidationEvent, permit2Abi } from './permit2-abi.js'
import { holdsNonce, placeOfNonce } from './permit2-nonce.js'

/**
 * Reads what became of payments through Permit2 whose nonces are used: they were charged or cancelled. Where neither is found,
 * since the endpoint keeps no old logs, the payment is in the map without a status. Those that are not used are not in it.
 *
 * @param latest the block whose state is read.
 */
export async function readPermit2Uses(
  client: PublicClient,
  payments: readonly SignedPayment[],
  latest: LatestBlock
): Promise<ReadonlyMap<SignedPayment, SettlementStatus | undefined>> {
  const uses = await Promise.all(
    payments.map(async (payment) => {
      if (!(await isUsed(client, payment, latest))) return []
      return [[payment, await readUse(client, payment, latest).catch(() => undefined)] as const]
    })
  )
  return new Map(uses.flat())
}

async function isUsed(
  client: PublicClient,
  { payer, reference }: SignedPayment,
  { number: blockNumber }: LatestBlock
): Promise<boolean> {
  const { word, mask } = placeOfNonce(BigInt(reference))
  const args = [readAddress(payer), word] as const
  const read = { address: PERMIT2, abi: permit2Abi, functionName: 'nonceBitmap', args } as const
  return ((await client.readContract({ ...read, blockNumber })) & mask) !== 0n
}

async function readUse(
  client: PublicClient,
  payment: SignedPayment,
  latest: LatestBlock
): Promise<SettlementStatus | undefined> {
  const blocks = await blocksUntil(client, payment.expiry, latest)
  const { own, unclear } = await findTransfers(client, payment, blocks)
  if (own) return settledBy(client, own, own.args.value)
  const carrier = unclear.find(({ input }) => holdsNonce(input, payment.reference))
  // It may show the nonce, and move the tokens of another payment: that the most was taken is certain, and no more.
  if (carrier) return settledBy(client, carrier.log, payment.amountAtomic)
  if (unclear.length > 0) return undefined
  return (await isCancelled(client, payment, blocks)) ? { status: 'dead' } : undefined
}

/** The transfer of a payment is found, and what it has taken. */
async function settledBy(
  client: PublicClient,
  log: TransferLog,
  amountAtomic: bigint
): Promise<SettlementStatus> {
  const { transactionHash: transaction } = log
  return { status: 'settled', transaction, amountAtomic, settledAtSeconds: await readLogTime(client, log) }
}

async function isCancelled(
  client: PublicClient,
  { payer, reference }: SignedPayment,
  blocks: BlockRange
): Promise<boolean> {
  const { word, mask } = placeOfNonce(BigInt(reference))
  const args = { owner: readAddress(payer) }
  const query = { address: PERMIT2, event: invalidationEvent, args, strict: true, ...blocks } as const
  const logs = await client.getLogs(query)
  return logs.some((log) => log.args.word === word && (log.args.mask & mask) !== 0n)
}
