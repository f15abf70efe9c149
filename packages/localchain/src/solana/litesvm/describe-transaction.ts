import type { VersionedMessage } from '@solana/web3.js'
import bs58 from 'bs58'
import type { LandedTransaction } from './bank.js'

const FEE_LAMPORTS = 5_000

/** A transaction as a node's JSON encoding has it. */
export function describeTransaction({ transaction: { signatures, message } }: LandedTransaction): object {
  return {
    signatures: signatures.map((signature) => bs58.encode(signature)),
    message: describeMessage(message)
  }
}

/** What a node reports of a transaction's execution. Balances of SOL are left at zero. */
export function metaOf({ error, logs, computeUnits, before, after, transaction }: LandedTransaction): object {
  const balances = transaction.message.staticAccountKeys.map(() => 0)
  return {
    err: error,
    status: error === null ? { Ok: null } : { Err: error },
    fee: FEE_LAMPORTS,
    preBalances: balances,
    postBalances: balances,
    innerInstructions: [],
    logMessages: logs,
    preTokenBalances: before,
    postTokenBalances: after,
    rewards: [],
    loadedAddresses: { readonly: [], writable: [] },
    computeUnitsConsumed: Number(computeUnits)
  }
}

function describeMessage(message: VersionedMessage): object {
  return {
    accountKeys: message.staticAccountKeys.map((key) => key.toBase58()),
    header: message.header,
    recentBlockhash: message.recentBlockhash,
    instructions: message.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
      programIdIndex,
      accounts: accountKeyIndexes,
      data: bs58.encode(data),
      stackHeight: null
    })),
    addressTableLookups: []
  }
}
