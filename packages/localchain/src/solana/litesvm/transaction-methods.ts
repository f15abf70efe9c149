import type { VersionedMessage } from '@solana/web3.js'
import { VersionedTransaction } from '@solana/web3.js'
import bs58 from 'bs58'
import { type Bank, type Landed, nameOf, type Outcome } from './bank.js'
import type { BlockClock } from './block-clock.js'
import { readBytes, readOptions, readText } from './params.js'
import { RpcProblem } from './rpc-problem.js'
import type { RpcMethod } from './rpc-server.js'

const FEE_LAMPORTS = 5_000
const PAGE = 1_000

/** The methods that send transactions and look for them. */
export function transactionMethods(bank: Bank, clock: BlockClock): Record<string, RpcMethod> {
  const context = (): object => ({ slot: clock.tip.height, apiVersion: 'litesvm' })
  return {
    sendTransaction(params) {
      const options = readOptions(params[1])
      const bytes = readBytes(params[0], options.encoding)
      if (options.skipPreflight !== true) refuseFailing(bank.simulate(bytes, true))
      bank.send(bytes)
      return nameOf(VersionedTransaction.deserialize(bytes))
    },
    simulateTransaction(params) {
      const options = readOptions(params[1])
      const bytes = readBytes(params[0], options.encoding)
      const { error, logs, computeUnits } = bank.simulate(bytes, options.sigVerify === true)
      const value = {
        err: error,
        logs,
        accounts: null,
        unitsConsumed: Number(computeUnits),
        returnData: null
      }
      return { context: context(), value }
    },
    getSignatureStatuses([names]) {
      const value = (Array.isArray(names) ? names : []).map((name) => statusOf(bank.landed(readText(name))))
      return { context: context(), value }
    },
    getSignaturesForAddress([key, given]) {
      const { before, limit = PAGE, minContextSlot = 0 } = readOptions(given)
      if (Number(minContextSlot) > clock.tip.height)
        throw new RpcProblem(-32_016, 'Minimum context slot has not been reached')
      const newestFirst = bank.history(readText(key)).toReversed()
      const start = before === undefined ? 0 : newestFirst.findIndex(({ name }) => name === before) + 1
      return newestFirst.slice(start, start + Number(limit)).map(({ name, slot, error }) => ({
        signature: name,
        slot,
        err: error,
        memo: null,
        blockTime: clock.at(slot)?.timeSeconds ?? null,
        confirmationStatus: 'finalized'
      }))
    },
    getTransaction([name, given]) {
      const landed = bank.landed(readText(name))
      if (!landed) return null
      const { slot, bytes } = landed
      const base64 = readOptions(given).encoding === 'base64'
      const transaction = base64 ? [Buffer.from(bytes).toString('base64'), 'base64'] : describe(landed)
      return {
        slot,
        transaction,
        meta: metaOf(landed),
        blockTime: clock.at(slot)?.timeSeconds ?? null,
        version: 0
      }
    }
  }
}

/** Worded as a node's preflight does. */
function refuseFailing({ error, logs }: Outcome): void {
  if (error === null) return
  const words: Readonly<Record<string, string>> = {
    BlockhashNotFound: 'Blockhash not found',
    AlreadyProcessed: 'This transaction has already been processed',
    SignatureFailure: 'Transaction did not pass signature verification'
  }
  const what = typeof error === 'string' ? (words[error] ?? error) : 'Error processing Instruction'
  throw new RpcProblem(-32_002, `Transaction simulation failed: ${what}`, { err: error, logs })
}

function statusOf(landed: Landed | undefined): object | null {
  if (!landed) return null
  const { slot, error } = landed
  const status = error === null ? { Ok: null } : { Err: error }
  return { slot, confirmations: null, err: error, status, confirmationStatus: 'finalized' }
}

function metaOf({ error, logs, computeUnits, before, after, transaction }: Landed): object {
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

function describe({ transaction: { signatures, message } }: Landed): object {
  return {
    signatures: signatures.map((signature) => bs58.encode(signature)),
    message: describeMessage(message)
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
