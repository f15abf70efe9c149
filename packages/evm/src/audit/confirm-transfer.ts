import type { SettlementClaim, SettlementFinding } from '@bursar/core'
import { type PublicClient, parseEventLogs, TransactionReceiptNotFoundError } from 'viem'
import { type Hex, isHash, isSameHex } from '../address/address.js'
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
  const isUsed = events.some(
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
      args.value === claim.amountAtomic
  )
  return receipt.status === 'success' && isUsed && isMoved ? 'confirmed' : 'contradicted'
}

async function readReceipt(client: PublicClient, hash: Hex) {
  try {
    return await client.getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  }
}
