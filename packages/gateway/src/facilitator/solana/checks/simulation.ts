import type { TransactionError } from '@solana/web3.js'
import type { RejectionReason } from '../../rejection-reasons.js'
import type { Check } from '../context.js'

/** `Error::InsufficientFunds` of the token programs. */
const INSUFFICIENT_FUNDS = 1

/** The transaction would land and succeed in the next block. */
export const wouldSettle: Check = async ({ connection, transaction }) => {
  const { value } = await connection.simulateTransaction(transaction, { sigVerify: false })
  return value.err === null ? undefined : reasonOf(value.err)
}

/** What a failing transaction's error means for a payment. */
function reasonOf(error: TransactionError): RejectionReason {
  if (error === 'BlockhashNotFound') return 'blockhash_not_found'
  if (error === 'AlreadyProcessed') return 'nonce_already_used'
  const custom = JSON.stringify(error).match(/"Custom":(\d+)/)?.[1]
  return custom === String(INSUFFICIENT_FUNDS) ? 'insufficient_balance' : 'simulation_failed'
}
