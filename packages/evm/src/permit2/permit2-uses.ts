import { isJsonObject, type SettlementStatus, type SignedPayment } from '@bursar/core'
import type { PublicClient } from 'viem'
import { readAddress } from '../address/address.js'
import { blocksUntil, type LatestBlock } from '../rpc/authorization-uses.js'
import { readLogTime } from '../rpc/block-time.js'
import { transferEvent } from '../rpc/token-abi.js'
import { PERMIT2 } from './addresses.js'
import { invalidationEvent, permit2Abi } from './permit2-abi.js'
import { holdsNonce, placeOfNonce } from './permit2-nonce.js'
import { permit2NonceOf } from './read-permit2-nonce.js'

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
  const charge = await findCharge(client, payment, blocks)
  if (charge) return charge
  return (await isCancelled(client, payment, blocks)) ? { status: 'dead' } : undefined
}

/** Some consecutive blocks. */
interface BlockRange {
  readonly fromBlock: bigint
  readonly toBlock: bigint
}

/**
 * Finds the transfer of a payment: one from the payer to the payee whose transaction holds the nonce. A proxy settles one
 * payment in each call. A contract may settle several in one transaction, or carry the nonce of another; no event says then
 * which transfer is whose, so the largest counts. The newest are looked at first.
 */
async function findCharge(
  client: PublicClient,
  { asset, payer, payTo, amountAtomic, reference, payload }: SignedPayment,
  blocks: BlockRange
): Promise<SettlementStatus | undefined> {
  const args = { from: readAddress(payer), to: readAddress(payTo) }
  const query = { address: readAddress(asset), event: transferEvent, args, strict: true, ...blocks } as const
  const isUpto = takesAnyAmount(payload)
  const logs = (await client.getLogs(query)).filter(({ args: { value } }) =>
    isUpto ? value > 0n && value <= amountAtomic : value === amountAtomic
  )
  let largest: (typeof logs)[number] | undefined
  for (const log of logs.toReversed()) {
    if (largest && log.args.value <= largest.args.value) continue
    const transaction = await client.getTransaction({ hash: log.transactionHash })
    if (!holdsNonce(transaction.input, reference)) continue
    largest = log
    if (permit2NonceOf(transaction) === reference) break
  }
  if (!largest) return undefined
  const settledAtSeconds = await readLogTime(client, largest)
  const { transactionHash: transaction } = largest
  return { status: 'settled', transaction, amountAtomic: largest.args.value, settledAtSeconds }
}

/** Whether it is `upto`, which names who may say what is taken. */
function takesAnyAmount({ permit2Authorization: authorization }: SignedPayment['payload']): boolean {
  const witness = isJsonObject(authorization) ? authorization.witness : undefined
  return isJsonObject(witness) && witness.facilitator !== undefined
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
