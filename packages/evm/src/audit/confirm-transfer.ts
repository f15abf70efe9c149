import type { SettlementClaim, SettlementFinding } from '@bursar/core'
import {
  type PublicClient,
  parseEventLogs,
  type TransactionReceipt,
  TransactionReceiptNotFoundError
} from 'viem'
import { type Hex, isHash, isSameHex } from '../address/address.js'
import { proxies } from '../permit2/addresses.js'
import { settledTopics } from '../permit2/permit2-abi.js'
import { holdsNonce } from '../permit2/permit2-nonce.js'
import { permit2NonceOf } from '../permit2/read-permit2-nonce.js'
import { tokenAbi } from '../rpc/token-abi.js'

/**
 * Compares a transaction with the payment that it is said to have settled: its logs must show our nonce and exactly
 * this transfer.
 */
export async function confirmTransfer(
  client: PublicClient,
  claim: SettlementClaim
): Promise<SettlementFinding> {
  if (!isHash(claim.transaction)) return 'contradicted'
  const receipt = await readReceipt(client, claim.transaction)
  if (!receipt) return 'unseen'
  const logs = receipt.logs.filter(({ address }) => isSameHex(address, claim.asset))
  const events = parseEventLogs({ abi: tokenAbi, logs })
  const isUsedByToken = events.some(
    ({ eventName, args }) =>
      eventName === 'AuthorizationUsed' &&
      isSameHex(args.authorizer, claim.payer) &&
      isSameHex(args.nonce, claim.reference)
  )
  const isMoved = events.some(
    ({ eventName, args }) =>
      eventName === 'Transfer' &&
      isSameHex(args.from, claim.payer) &&
      isSameHex(args.to, claim.payTo) &&
      isClaimed(claim, args.value)
  )
  const isUsed = isUsedByToken || (await isUsedByPermit2(client, receipt, claim))
  return receipt.status === 'success' && isUsed && isMoved ? 'confirmed' : 'contradicted'
}

function isClaimed({ amountAtomic, isMost }: SettlementClaim, value: bigint): boolean {
  return isMost ? value > 0n && value <= amountAtomic : value === amountAtomic
}

/**
 * Whether a proxy of x402 has settled a payment of this nonce, which no event names. A contract between may settle several, or
 * carry the nonce of another, so that it confirms no charge below the most.
 */
async function isUsedByPermit2(
  client: PublicClient,
  { logs, transactionHash: hash }: TransactionReceipt,
  { reference, isCharge }: SettlementClaim
): Promise<boolean> {
  const byProxy = Object.values(proxies).map((address) => address.toLowerCase())
  const isSettled = logs.some(
    ({ address, topics: [topic = ''] }) =>
      byProxy.includes(address.toLowerCase()) && settledTopics.includes(topic)
  )
  if (!isSettled) return false
  const transaction = await client.getTransaction({ hash })
  if (permit2NonceOf(transaction) === reference) return true
  return !isCharge && holdsNonce(transaction.input, reference)
}

async function readReceipt(client: PublicClient, hash: Hex) {
  try {
    return await client.getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  }
}
