import {
  address,
  getTransactionDecoder,
  lamports,
  type MaybeEncodedAccount,
  type Transaction
} from '@solana/kit'
import { VersionedTransaction } from '@solana/web3.js'
import bs58 from 'bs58'
import { FailedTransactionMetadata, LiteSVM } from 'litesvm'
import type { BlockClock } from './block-clock.js'
import { readTokenBalances, type TokenBalance } from './token-balances.js'
import { describeFailure, type RpcTransactionError } from './transaction-error.js'

/** How a transaction ended. */
export interface Outcome {
  readonly error: RpcTransactionError | null
  readonly logs: readonly string[]
  readonly computeUnits: bigint
}

/** A transaction in a block. */
export interface LandedTransaction extends Outcome {
  /** Its first signature, base58, which identifies it. */
  readonly name: string
  readonly slot: number
  readonly bytes: Uint8Array
  readonly transaction: VersionedTransaction
  readonly before: readonly TokenBalance[]
  readonly after: readonly TokenBalance[]
}

/** Runs transactions in litesvm and keeps them. The block clock decides about blockhashes, and not litesvm. */
export class Bank {
  readonly #svm = new LiteSVM().withBlockhashCheck(false).withTransactionHistory(0n)
  readonly #clock: BlockClock
  #landed = new Map<string, LandedTransaction>()
  #byAccount = new Map<string, readonly LandedTransaction[]>()
  /** Every account that may have changed. */
  readonly #touched = new Set<string>()

  constructor(clock: BlockClock) {
    this.#clock = clock
  }

  account(key: string): MaybeEncodedAccount {
    return this.#svm.getAccount(address(key))
  }

  setAccount(account: Parameters<LiteSVM['setAccount']>[0]): void {
    this.#touched.add(account.address)
    this.#svm.setAccount(account)
  }

  landed(name: string): LandedTransaction | undefined {
    return this.#landed.get(name)
  }

  /** The transactions that used an account, oldest first. */
  history(key: string): readonly LandedTransaction[] {
    return this.#byAccount.get(key) ?? []
  }

  /** Remembers accounts and transactions. The function that is returned restores them. */
  snapshot(): () => void {
    const accounts = new Map([...this.#touched].map((key) => [key, this.account(key)]))
    const landed = new Map(this.#landed)
    const byAccount = new Map(this.#byAccount)
    return () => {
      for (const key of this.#touched) {
        const saved = accounts.get(key)
        this.#svm.setAccount(saved?.exists ? saved : emptyAccount(key))
      }
      this.#landed = new Map(landed)
      this.#byAccount = new Map(byAccount)
    }
  }

  /** Runs a transaction on a copy of the state. */
  simulate(bytes: Uint8Array, verifiesSignatures: boolean): Outcome {
    const transaction = VersionedTransaction.deserialize(bytes)
    const rejection = this.#rejectReason(transaction)
    if (rejection) return { error: rejection, logs: [], computeUnits: 0n }
    const result = this.#svm.withSigverify(verifiesSignatures).simulateTransaction(decode(bytes))
    return outcomeOf(result instanceof FailedTransactionMetadata ? result : result.meta())
  }

  /**
   * Puts a transaction into the newest block, whether it succeeds or fails. One that no block may include, such as one
   * with an expired blockhash, is dropped.
   */
  send(bytes: Uint8Array): void {
    const transaction = VersionedTransaction.deserialize(bytes)
    if (this.#rejectReason(transaction)) return
    const keys = transaction.message.staticAccountKeys.map((key) => key.toBase58())
    const balances = (): TokenBalance[] => readTokenBalances(keys, (key) => this.account(key))
    const before = balances()
    const outcome = outcomeOf(this.#svm.withSigverify(true).sendTransaction(decode(bytes)))
    // Without valid signatures nobody pays a fee, so the transaction is in no block.
    if (outcome.error === 'SignatureFailure') return
    const name = nameOf(transaction)
    const slot = this.#clock.tip.height
    const landed = { ...outcome, name, slot, bytes, transaction, before, after: balances() }
    this.#landed.set(name, landed)
    for (const key of keys) {
      this.#touched.add(key)
      this.#byAccount.set(key, [...this.history(key), landed])
    }
  }

  #rejectReason(transaction: VersionedTransaction): RpcTransactionError | undefined {
    if (this.#landed.has(nameOf(transaction))) return 'AlreadyProcessed'
    return this.#clock.isValid(transaction.message.recentBlockhash) ? undefined : 'BlockhashNotFound'
  }
}

/** The first signature, base58, which identifies a transaction. */
export function nameOf({ signatures: [first = new Uint8Array(64)] }: VersionedTransaction): string {
  return bs58.encode(first)
}

/** What an account that does not exist is written as: it has no lamports. */
function emptyAccount(key: string): Parameters<LiteSVM['setAccount']>[0] {
  const programAddress = address('11111111111111111111111111111111')
  const data = new Uint8Array(0)
  return { address: address(key), programAddress, executable: false, lamports: lamports(0n), space: 0n, data }
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
