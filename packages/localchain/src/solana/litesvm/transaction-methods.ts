import { VersionedTransaction } from '@solana/web3.js'
import { type Bank, type LandedTransaction, nameOf, type Outcome } from './bank.js'
import type { BlockClock } from './block-clock.js'
import { describeTransaction, metaOf } from './describe-transaction.js'
import { readBytes, readOptions, readText } from './params.js'
import { RpcProblem } from './rpc-problem.js'
import type { RpcMethods } from './rpc-server.js'

const PAGE = 1_000

/** The methods that send transactions and look them up. */
export function transactionMethods(bank: Bank, clock: BlockClock): RpcMethods {
  const withContext = (value: unknown): object => ({
    context: { slot: clock.tip.height, apiVersion: 'litesvm' },
    value
  })
  return {
    sendTransaction: ([encoded, options]) => send(bank, encoded, options),
    simulateTransaction: ([encoded, options]) => withContext(simulate(bank, encoded, options)),
    getSignatureStatuses: ([names]) =>
      withContext((Array.isArray(names) ? names : []).map((name) => statusOf(bank.landed(readText(name))))),
    getSignaturesForAddress: ([key, options]) => listSignatures(bank, clock, { key, options }),
    getTransaction: ([name, options]) => describe(bank.landed(readText(name)), clock, options)
  }
}

function send(bank: Bank, encoded: unknown, options: unknown): string {
  const { encoding, skipPreflight } = readOptions(options)
  const bytes = readBytes(encoded, encoding)
  if (skipPreflight !== true) assertSucceeds(bank.simulate(bytes, true))
  bank.send(bytes)
  return nameOf(VersionedTransaction.deserialize(bytes))
}

/** Fails with the words of a node's preflight check. */
function assertSucceeds({ error, logs }: Outcome): void {
  if (error === null) return
  const words: Readonly<Record<string, string>> = {
    BlockhashNotFound: 'Blockhash not found',
    AlreadyProcessed: 'This transaction has already been processed',
    SignatureFailure: 'Transaction did not pass signature verification'
  }
  const what = typeof error === 'string' ? (words[error] ?? error) : 'Error processing Instruction'
  throw new RpcProblem(-32_002, `Transaction simulation failed: ${what}`, { err: error, logs })
}

function simulate(bank: Bank, encoded: unknown, options: unknown): object {
  const { encoding, sigVerify } = readOptions(options)
  const { error, logs, computeUnits } = bank.simulate(readBytes(encoded, encoding), sigVerify === true)
  return { err: error, logs, accounts: null, unitsConsumed: Number(computeUnits), returnData: null }
}

function statusOf(landed: LandedTransaction | undefined): object | null {
  if (!landed) return null
  const { slot, error } = landed
  const status = error === null ? { Ok: null } : { Err: error }
  return { slot, confirmations: null, err: error, status, confirmationStatus: 'finalized' }
}

function listSignatures(
  bank: Bank,
  clock: BlockClock,
  { key, options }: { readonly key: unknown; readonly options: unknown }
): readonly object[] {
  const { before, limit = PAGE, minContextSlot = 0 } = readOptions(options)
  if (Number(minContextSlot) > clock.tip.height)
    throw new RpcProblem(-32_016, 'Minimum context slot has not been reached')
  const newestFirst = bank.history(readText(key)).toReversed()
  const start = before === undefined ? 0 : newestFirst.findIndex(({ name }) => name === before) + 1
  return newestFirst.slice(start, start + Number(limit)).map(({ name, slot, error }) => ({
    signature: name,
    slot,
    err: error,
    memo: null,
    blockTime: blockTimeOf(clock, slot),
    confirmationStatus: 'finalized'
  }))
}

function describe(landed: LandedTransaction | undefined, clock: BlockClock, options: unknown): object | null {
  if (!landed) return null
  const { slot, bytes } = landed
  const isBase64 = readOptions(options).encoding === 'base64'
  const transaction = isBase64
    ? [Buffer.from(bytes).toString('base64'), 'base64']
    : describeTransaction(landed)
  return { slot, transaction, meta: metaOf(landed), blockTime: blockTimeOf(clock, slot), version: 0 }
}

/** Unix seconds. */
function blockTimeOf(clock: BlockClock, slot: number): number | null {
  return clock.at(slot)?.timeSeconds ?? null
}
