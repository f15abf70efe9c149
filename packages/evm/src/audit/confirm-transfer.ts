import type { SettlementClaim, SettlementFinding } from '@bursar/core'
import { type PublicClient, parseEventLogs, TransactionReceiptNotFoundError } from 'viem'
import type { Hex } from '../account/evm-account.js'
import { usdcEvents } from './events.js'

/** Holds a named transaction against the payment: the token must tell of our nonce, and of this very transfer. */
export async function confirmTransfer(
  client: PublicClient,
  claim: SettlementClaim
): Promise<SettlementFinding> {
  if (!/^0x[0-9a-fA-F]{64}$/.test(claim.transaction)) return 'contradicted'
  const receipt = await client
    .getTransactionReceipt({ hash: claim.transaction as Hex })
    .catch((error: unknown) => {
      if (error instanceof TransactionReceiptNotFoundError) return undefined
      throw error
    })
  if (!receipt) return 'unseen'
  const logs = receipt.logs.filter(({ address }) => same(address, claim.asset))
  const events = parseEventLogs({ abi: usdcEvents, logs })
  const used = events.some(
    ({ eventName, args }) =>
      eventName === 'AuthorizationUsed' &&
      same(args.authorizer, claim.payer) &&
      same(args.nonce, claim.reference)
  )
  const moved = events.some(
    ({ eventName, args }) =>
      eventName === 'Transfer' &&
      same(args.from, claim.payer) &&
      same(args.to, claim.payTo) &&
      args.value === claim.amountAtomic
  )
  return receipt.status === 'success' && used && moved ? 'confirmed' : 'contradicted'
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
