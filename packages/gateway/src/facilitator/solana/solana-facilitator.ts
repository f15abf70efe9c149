import type { JsonObject, NetworkId } from '@bursar/core'
import { chainFetch } from '@bursar/localchain/chain-fetch'
import { Connection, type Keypair, type VersionedTransaction } from '@solana/web3.js'
import {
  type Facilitator,
  FacilitatorUnavailable,
  type PaymentIdentity,
  type Rejection,
  type Settlement,
  type SettleOptions,
  type SubmittedPayment
} from '../facilitator.js'
import { buildCheckContext } from './check-context.js'
import { identityOf, readPayload } from './payload.js'
import { awaitLanding, broadcast, nameOf, type SettlementContext, untilExpired } from './settlement.js'
import { verifyTransfer } from './verification.js'

/** How long to look for a transaction that was sent before: it has landed by now, or will not soon. */
const FIND_MS = 500

/** Where a Solana facilitator settles. */
export interface SolanaFacilitatorOptions {
  readonly rpcUrl: string
  /** The network that offers name, and its name in x402 v1. */
  readonly network: NetworkId
  readonly name: string
  /** The mint, base58. */
  readonly asset: string
  /** Receives the payments, and pays the fees of Katana's. */
  readonly payee: Keypair
  /** Pays the fees of standard payments. */
  readonly feePayer: Keypair
  /** Milliseconds to wait for a transaction before the settlement is `pending`. */
  readonly receiptTimeoutMs: number
  /** Ends the wait for transactions. */
  readonly signal: AbortSignal
}

/** Verifies and settles token transfers on Solana. It uses web3.js and none of Bursar's own signing code. */
export class SolanaFacilitator implements Facilitator {
  readonly network: NetworkId
  readonly name: string
  readonly asset: string
  readonly payTo: string
  readonly extra: JsonObject
  readonly signers: readonly string[]
  readonly #settlement: SettlementContext
  readonly #ownKeys: readonly Keypair[]

  constructor(options: SolanaFacilitatorOptions) {
    const { rpcUrl, network, name, asset, payee, feePayer, receiptTimeoutMs, signal } = options
    this.network = network
    this.name = name
    this.asset = asset
    this.payTo = payee.publicKey.toBase58()
    this.extra = { feePayer: feePayer.publicKey.toBase58() }
    this.signers = [feePayer.publicKey.toBase58()]
    const connection = new Connection(rpcUrl, {
      commitment: 'confirmed',
      disableRetryOnRateLimit: true,
      fetch: chainFetch(rpcUrl)
    })
    this.#settlement = { connection, receiptTimeoutMs, signal }
    this.#ownKeys = [payee, feePayer]
  }

  identify(payment: SubmittedPayment): PaymentIdentity | Rejection {
    const payload = readPayload(payment)
    return (payload && identityOf(payload)) ?? { ok: false, reason: 'payload_malformed' }
  }

  async verify(payment: SubmittedPayment): Promise<PaymentIdentity | Rejection> {
    const identity = this.identify(payment)
    if (!identity.ok) return identity
    const context = buildCheckContext(payment, {
      connection: this.#settlement.connection,
      network: this.network,
      ownKeys: this.#ownKeys.map(({ publicKey }) => publicKey)
    })
    const reason = context ? await callNode(() => verifyTransfer(context)) : 'payload_malformed'
    return reason ? { ok: false, reason, payer: identity.payer } : identity
  }

  async settle(payment: SubmittedPayment, options: SettleOptions = {}): Promise<Settlement> {
    const { pretendPending, blockhash } = options
    if (blockhash) return this.#expire(payment, blockhash)
    const verdict = await this.verify(payment)
    if (!verdict.ok) return { outcome: 'failed', reason: verdict.reason }
    const transaction = this.#signAsFeePayer(payment)
    if (!transaction) return { outcome: 'failed', reason: 'payload_malformed' }
    const name = nameOf(transaction)
    if (pretendPending?.lands === false) return { outcome: 'pending', transaction: name }
    const reason = await callNode(() => broadcast(this.#settlement, transaction))
    if (reason) return { outcome: 'failed', reason }
    return pretendPending ? { outcome: 'pending', transaction: name } : awaitLanding(this.#settlement, name)
  }

  findSettlement(_payment: SubmittedPayment, transaction: string): Promise<Settlement> {
    return awaitLanding({ ...this.#settlement, receiptTimeoutMs: FIND_MS }, transaction)
  }

  /** Fails as a node does that does not know the blockhash. */
  async #expire(payment: SubmittedPayment, blockhash: 'expires' | 'pretend'): Promise<Settlement> {
    const payload = readPayload(payment)
    if (payload && blockhash === 'expires')
      await callNode(() => untilExpired(this.#settlement, payload.transaction))
    return { outcome: 'failed', reason: 'blockhash_not_found' }
  }

  #signAsFeePayer(payment: SubmittedPayment): VersionedTransaction | undefined {
    const transaction = readPayload(payment)?.transaction
    const first = transaction?.message.staticAccountKeys[0]
    const feePayer = this.#ownKeys.find(({ publicKey }) => first?.equals(publicKey))
    if (!transaction || !feePayer) return undefined
    transaction.sign([feePayer])
    return transaction
  }
}

/** @throws {FacilitatorUnavailable} for every error: an outage is no verdict on a payment. */
async function callNode<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls()
  } catch {
    // Nothing of the cause is kept: it may contain the RPC URL.
    throw new FacilitatorUnavailable('The Solana node could not be asked.')
  }
}
