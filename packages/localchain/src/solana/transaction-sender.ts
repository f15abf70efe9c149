import { setTimeout as sleep } from 'node:timers/promises'
import {
  ComputeBudgetProgram,
  type Connection,
  type Keypair,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'
import { chainUnavailable } from '../chain-unavailable.js'

const POLL_MS = 20
const LIMIT_MS = 20_000

/**
 * Creates a function that sends instructions from an account and waits until they are in a block.
 *
 * @throws {BursarError} `chain/unavailable` when they fail, or are in no block within 20 s.
 */
export function createTransactionSender(
  connection: Connection,
  payer: Keypair
): (instructions: readonly TransactionInstruction[]) => Promise<void> {
  let sent = 0
  return async (instructions) => {
    const { blockhash } = await connection.getLatestBlockhash()
    // A different compute price for each, because two equal transactions on one blockhash would be the same one.
    const price = ComputeBudgetProgram.setComputeUnitPrice({ microLamports: ++sent })
    const message = new TransactionMessage({
      payerKey: payer.publicKey,
      recentBlockhash: blockhash,
      instructions: [price, ...instructions]
    })
    const transaction = new VersionedTransaction(message.compileToV0Message())
    transaction.sign([payer])
    await awaitBlock(connection, await connection.sendRawTransaction(transaction.serialize()))
  }
}

async function awaitBlock(connection: Connection, signature: string): Promise<void> {
  const deadlineMs = performance.now() + LIMIT_MS
  while (performance.now() < deadlineMs) {
    const { value } = await connection.getSignatureStatus(signature)
    if (value?.err) throw chainUnavailable('solana', `its transaction failed: ${JSON.stringify(value.err)}`)
    if (value) return
    await sleep(POLL_MS)
  }
  throw chainUnavailable('solana', `its transaction is in no block after ${LIMIT_MS} ms`)
}
