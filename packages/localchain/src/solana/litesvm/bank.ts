import { address, getTransactionDecoder, type MaybeEncodedAccount, type Transaction } from '@solana/kit'
import { VersionedTransaction } from '@solana/web3.js'
import bs58 from 'bs58'
import { FailedTransactionMetadata, LiteSVM } from 'litesvm'
import type { BlockClock } from './block-clock.js'
import { readTokenBalances, type TokenBalance } from './token-balances.js'
import { describeFailure, type RpcTransactionError } from './transaction-error.js'

/** What running a transaction came to. */
export interface Outcome {
  readonly error: RpcTransactionError | null
  readonly logs: readonly string[]
  readonly computeUnits: bigint
}

/** A transaction in a block. */
export interface Landed extends Outcome {
  /** Its first signature, base58. */
  readonly name: string
  readonly slot: number
  readonly bytes: Uint8Array
  readonly transaction: VersionedTransaction
  readonly before: readonly TokenBalance[]
  readonly after: readonly TokenBalance[]
}

/** Runs transactions in litesvm and keeps them. Blockhashes are judged by the block clock, not by litesvm. */
export class Bank {
  readonly #svm = new LiteSVM().withBlockhashCheck(false).withTransactionHistory(0n)
  readonly #clock: BlockClock
  readonly #landed = new Map<string, Landed>()
  readonly #byAccount = new Map<string, Landed[]>()

  constructor(clock: BlockClock) {
    this.#clock = clock
  }

  account(key: string): MaybeEncodedAccount {
    return this.#svm.getAccount(address(key))
  }

  setAccount(account: Parameters<LiteSVM['setAccount']>[0]): void {
    this.#svm.setAccount(account)
  }

  landed(name: string): Landed | undefined {
    return this.#landed.get(name)
  }

  /** What touched an account, oldest first. */
  history(key: string): readonly Landed[] {
    return this.#byAccount.get(key) ?? []
  }

  /** Runs a transaction on a copy of the state. */
  simulate(bytes: Uint8Array, verifies: boolean): Outcome {
    const transaction = VersionedTransaction.deserialize(bytes)
    const refused = this.#refuse(transaction)
    if (refused) return { error: refused, logs: [], computeUnits: 0n }
    const result = this.#svm.withSigverify(verifies).simulateTransaction(decode(bytes))
    return outcomeOf(result instanceof FailedTransactionMetadata ? result : result.meta())
  }

  /** Puts a transaction into the newest block, whether it succeeds or fails there; one that may not enter is dropped. */
  send(bytes: Uint8Array): void {
    const transaction = VersionedTransaction.deserialize(bytes)
    if (this.#refuse(transaction)) return
    const keys = transaction.message.staticAccountKeys.map((key) => key.toBase58())
    const balances = (): TokenBalance[] => readTokenBalances(keys, (key) => this.account(key))
    const before = balances()
    const result = this.#svm.withSigverify(true).sendTransaction(decode(bytes))
    const outcome = outcomeOf(result)
    // Nobody may be made to pay for a transaction that was not signed.
    if (outcome.error === 'SignatureFailure') return
    const name = nameOf(transaction)
    const slot = this.#clock.tip.height
    const landed = { ...outcome, name, slot, bytes, transaction, before, after: balances() }
    this.#landed.set(name, landed)
    for (const key of keys) this.#byAccount.set(key, [...this.history(key), landed])
  }

  #refuse(transaction: VersionedTransaction): RpcTransactionError | undefined {
    if (this.#landed.has(nameOf(transaction))) return 'AlreadyProcessed'
    return this.#clock.isValid(transaction.message.recentBlockhash) ? undefined : 'BlockhashNotFound'
  }
}

/** A transaction's name is its first signature. */
export function nameOf({ signatures: [first = new Uint8Array(64)] }: VersionedTransaction): string {
  return bs58.encode(first)
}

function decode(bytes: Uint8Array): Transaction {
  return getTransactionDecoder().decode(bytes)
}

function outcomeOf(
  result: FailedTransactionMetadata | ReturnType<FailedTransactionMetadata['meta']>
): Outcome {
  const failed = result instanceof FailedTransactionMetadata
  const meta = failed ? result.meta() : result
  return {
    error: failed ? describeFailure(result) : null,
    logs: meta.logs(),
    computeUnits: meta.computeUnitsConsumed()
  }
}
