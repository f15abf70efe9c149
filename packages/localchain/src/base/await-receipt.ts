import { setTimeout as sleep } from 'node:timers/promises'
import { type Hash, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem'
import { getTransactionReceipt } from 'viem/actions'
import { chainUnavailable } from '../chain-unavailable.js'
import type { AnvilClient } from './anvil-client.js'

const POLL_MS = 20
/** How long a transaction may take to get into a block. It takes some milliseconds, on a busy machine a second. */
const LIMIT_MS = 180_000

/**
 * Waits until a transaction is in a block.
 *
 * It asks for the receipt itself. viem's `waitForTransactionReceipt` asks for it once a block, and passes over a block that is
 * made while it still looks at the one before. Here that block is often the last: without another transaction there is no other.
 *
 * @throws {BursarError} `chain/unavailable` when the transaction gets into no block.
 */
export async function awaitReceipt(client: AnvilClient, hash: Hash): Promise<TransactionReceipt> {
  const deadlineMs = performance.now() + LIMIT_MS
  while (performance.now() < deadlineMs) {
    const receipt = await findReceipt(client, hash)
    if (receipt) return receipt
    await sleep(POLL_MS)
  }
  throw chainUnavailable('base', `its transaction ${hash} is in no block after ${LIMIT_MS} ms`)
}

async function findReceipt(client: AnvilClient, hash: Hash): Promise<TransactionReceipt | undefined> {
  try {
    return await getTransactionReceipt(client, { hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  }
}

/** @throws {BursarError} `chain/unavailable` when the transaction reverts, or gets into no block. */
export async function assertMined(client: AnvilClient, hash: Hash): Promise<void> {
  const { status } = await awaitReceipt(client, hash)
  if (status !== 'success') throw chainUnavailable('base', `its transaction ${hash} reverted`)
}
