import { createHash } from 'node:crypto'
import type { Connection, PublicKey } from '@solana/web3.js'
import { chainUnavailable } from '../chain-unavailable.js'

/** A transaction that moved an owner's USDC and succeeded. */
export interface SettledTransfer {
  /** The fee payer's signature, base58, which identifies it. */
  readonly transaction: string
  /** SHA-256 of the signed message, in hex. The payer knows it before the fee payer has signed. */
  readonly messageHash: string
  /** The owner's balance before and after. */
  readonly balances: readonly [beforeAtomic: bigint, afterAtomic: bigint]
  /** The owner of the first other account whose balance grew, if one did. */
  readonly to?: string
  /** The time of its block, where the node says it. */
  readonly settledAtSeconds?: number
}

const PAGE = 1000

/**
 * Reads the newest 1000 transfers of an owner from the node's history, newest first.
 *
 * @param account the owner's token account.
 */
export async function readSettledTransfers(
  connection: Connection,
  owner: string,
  account: PublicKey
): Promise<SettledTransfer[]> {
  const listed = await connection.getSignaturesForAddress(account, { limit: PAGE })
  const landed = listed.filter(({ err }) => err === null)
  return Promise.all(
    landed.map(async ({ signature, blockTime }) => ({
      ...(await readTransfer(connection, owner, signature)),
      // surfpool says it here as it is, and with the transaction a thousandth of it.
      ...(blockTime ? { settledAtSeconds: blockTime } : {})
    }))
  )
}

async function readTransfer(
  connection: Connection,
  owner: string,
  transaction: string
): Promise<SettledTransfer> {
  const found = await connection.getTransaction(transaction, { maxSupportedTransactionVersion: 0 })
  if (!found?.meta) throw chainUnavailable('solana', 'its node lists a transaction and cannot show it')
  const { preTokenBalances, postTokenBalances } = found.meta
  const balanceIn = (balances: typeof preTokenBalances, of = owner): bigint =>
    BigInt(balances?.find((balance) => balance.owner === of)?.uiTokenAmount.amount ?? 0)
  const to = postTokenBalances?.find(
    (balance) =>
      balance.owner !== owner &&
      balanceIn(postTokenBalances, balance.owner) > balanceIn(preTokenBalances, balance.owner)
  )?.owner
  return {
    transaction,
    ...(to === undefined ? {} : { to }),
    messageHash: createHash('sha256').update(found.transaction.message.serialize()).digest('hex'),
    balances: [balanceIn(preTokenBalances), balanceIn(postTokenBalances)]
  }
}
