import { createHash } from 'node:crypto'
import { type JsonObject, type NetworkId, SOLANA_MAINNET } from '@bursar/core'
import { Connection, type Keypair, PublicKey, type VersionedTransaction } from '@solana/web3.js'
import {
  type Facilitator,
  FacilitatorUnavailable,
  type PaymentIdentity,
  type Rejection,
  type Settlement,
  type SettleOptions,
  type SubmittedPayment
} from '../facilitator.js'
import type { CheckContext, Instruction } from './context.js'
import { readPayload, type SolanaPayload } from './payload.js'
import { awaitLanding, broadcast, nameOf, type SettlementContext, untilExpired } from './settlement.js'
import { verifyTransfer } from './verification.js'

/** A transaction that was sent before has either landed or is not worth holding a request for. */
const FOLLOW_MS = 500

/** Where a Solana facilitator settles. */
export interface SolanaFacilitatorOptions {
  readonly rpcUrl: string
  /** The mint, base58. */
  readonly asset: string
  /** Receives the payments, and pays Katana's fees. */
  readonly payee: Keypair
  /** Pays the standard's fees. */
  readonly feePayer: Keypair
  /** Milliseconds that a transaction is waited for before the settlement is `pending`. */
  readonly receiptTimeoutMs: number
  /** Ends the wait for transactions. */
  readonly signal: AbortSignal
}

/** Judges and settles token transfers on Solana, with web3.js and nothing of Bursar's own signer. */
export class SolanaFacilitator implements Facilitator {
  readonly network: NetworkId = SOLANA_MAINNET
  readonly name = 'solana'
  readonly asset: string
  readonly payTo: string
  readonly extra: JsonObject
  readonly #settlement: SettlementContext
  readonly #own: readonly Keypair[]

  constructor({ rpcUrl, asset, payee, feePayer, receiptTimeoutMs, signal }: SolanaFacilitatorOptions) {
    this.asset = asset
    this.payTo = payee.publicKey.toBase58()
    this.extra = { feePayer: feePayer.publicKey.toBase58() }
    const connection = new Connection(rpcUrl, { commitment: 'confirmed', disableRetryOnRateLimit: true })
    this.#settlement = { connection, receiptTimeoutMs, signal }
    this.#own = [payee, feePayer]
  }

  identify(payment: SubmittedPayment): PaymentIdentity | Rejection {
    const payload = readPayload(payment)
    const owner = payload?.transaction.message.staticAccountKeys[1]
    return payload && owner ? identityOf(payload, owner) : { ok: false, reason: 'payload_malformed' }
  }

  async verify(payment: SubmittedPayment): Promise<PaymentIdentity | Rejection> {
    const identity = this.identify(payment)
    if (!identity.ok) return identity
    const context = this.#contextOf(payment)
    const reason = context ? await reach(() => verifyTransfer(context)) : 'payload_malformed'
    return reason ? { ok: false, reason, payer: identity.payer } : identity
  }

  async settle(
    payment: SubmittedPayment,
    { pretendPending, blockhash }: SettleOptions = {}
  ): Promise<Settlement> {
    if (blockhash) return this.#lose(payment, blockhash)
    const verdict = await this.verify(payment)
    if (!verdict.ok) return { outcome: 'failed', reason: verdict.reason }
    const transaction = this.#complete(payment)
    if (!transaction) return { outcome: 'failed', reason: 'payload_malformed' }
    const name = nameOf(transaction)
    if (pretendPending?.lands === false) return { outcome: 'pending', transaction: name }
    const reason = await reach(() => broadcast(this.#settlement, transaction))
    if (reason) return { outcome: 'failed', reason }
    return pretendPending ? { outcome: 'pending', transaction: name } : awaitLanding(this.#settlement, name)
  }

  follow(_claim: SubmittedPayment, transaction: string): Promise<Settlement> {
    return awaitLanding({ ...this.#settlement, receiptTimeoutMs: FOLLOW_MS }, transaction)
  }

  /** Answers as a node does that does not know the blockhash. */
  async #lose(payment: SubmittedPayment, blockhash: 'expires' | 'pretend'): Promise<Settlement> {
    const payload = readPayload(payment)
    if (payload && blockhash === 'expires')
      await reach(() => untilExpired(this.#settlement, payload.transaction))
    return { outcome: 'failed', reason: 'blockhash_not_found' }
  }

  /** The transaction with the fee payer's signature. */
  #complete(payment: SubmittedPayment): VersionedTransaction | undefined {
    const transaction = readPayload(payment)?.transaction
    const first = transaction?.message.staticAccountKeys[0]
    const feePayer = this.#own.find(({ publicKey }) => first?.equals(publicKey))
    if (!transaction || !feePayer) return undefined
    transaction.sign([feePayer])
    return transaction
  }

  #contextOf(payment: SubmittedPayment): CheckContext | undefined {
    const payload = readPayload(payment)
    const { requirements, dialect } = payment
    const [mint, payTo] = [readKey(requirements.asset), readKey(requirements.payTo)]
    const feePayer = requirements.extra.feePayer === undefined ? payTo : readKey(requirements.extra.feePayer)
    if (!payload || !mint || !payTo || !feePayer) return undefined
    return {
      connection: this.#settlement.connection,
      requirements,
      dialect,
      network: this.network,
      transaction: payload.transaction,
      instructions: instructionsOf(payload.transaction),
      payer: payload.payer,
      mint,
      payTo,
      feePayer,
      own: this.#own.map(({ publicKey }) => publicKey)
    }
  }
}

/** The owner signs right after the fee payer; the hash of the message is what it authorizes. */
function identityOf({ transaction }: SolanaPayload, owner: PublicKey): PaymentIdentity {
  const reference = createHash('sha256').update(transaction.message.serialize()).digest('hex')
  return { ok: true, payer: owner.toBase58(), reference }
}

function instructionsOf({ message }: VersionedTransaction): Instruction[] {
  return message.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
    program: keyAt(message.staticAccountKeys, programIdIndex),
    accounts: accountKeyIndexes.map((index) => keyAt(message.staticAccountKeys, index)),
    data: Buffer.from(data)
  }))
}

/** An index into a lookup table, which is refused on its own, stands for nobody. */
function keyAt(keys: readonly PublicKey[], index: number): PublicKey {
  return keys[index] ?? PublicKey.default
}

function readKey(text: unknown): PublicKey | undefined {
  try {
    return new PublicKey(String(text))
  } catch {
    return undefined
  }
}

async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch {
    // The whole error would tell the RPC URL.
    throw new FacilitatorUnavailable('The Solana node could not be asked.')
  }
}
