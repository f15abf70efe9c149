import { type Hash, isHash, toHex } from 'viem'
import { callNode } from '../base/call-node.js'
import { awaitTransfer, FIND_MS, type SettlementContext } from '../base/settlement.js'
import type {
  PaymentIdentity,
  Rejection,
  Settlement,
  SettleOptions,
  SubmittedPayment,
  VerifyOptions
} from '../facilitator.js'
import { type ParsedPermit2, parsePermit2 } from './parse-permit2.js'
import { settleCall } from './settle-call.js'
import { verifyPermit2 } from './verification.js'

/** Verifies and settles payments by Permit2, of the exact scheme and of upto, through x402's proxies. */
export class Permit2Settler {
  readonly #settlement: SettlementContext
  readonly #chainId: number

  constructor(settlement: SettlementContext, chainId: number) {
    this.#settlement = settlement
    this.#chainId = chainId
  }

  identify(payment: SubmittedPayment): PaymentIdentity | Rejection {
    const parsed = parsePermit2(payment)
    return 'reason' in parsed ? parsed : parsed.identity
  }

  async verify(
    payment: SubmittedPayment,
    { clockOffsetSeconds = 0 }: VerifyOptions
  ): Promise<PaymentIdentity | Rejection> {
    const parsed = parsePermit2(payment)
    if ('reason' in parsed) return parsed
    const { client, relayer } = this.#settlement
    const reason = await callNode(async () =>
      verifyPermit2({
        ...parsed,
        client,
        chainId: this.#chainId,
        relayer: relayer.address,
        requirements: payment.requirements,
        extensions: payment.extensions,
        nowSeconds: (await client.getBlock({ blockTag: 'pending' })).timestamp + BigInt(clockOffsetSeconds)
      })
    )
    return reason ? { ok: false, reason, payer: parsed.identity.payer } : parsed.identity
  }

  /** Settles a payment. For upto, the amount of the requirements is the charge, and the signature tells the most. */
  async settle(payment: SubmittedPayment, options: SettleOptions): Promise<Settlement> {
    const parsed = parsePermit2(payment)
    if ('reason' in parsed) return { outcome: 'failed', reason: parsed.reason }
    const verdict = await this.verify(withMost(payment, parsed), options)
    if (!verdict.ok) return { outcome: 'failed', reason: verdict.reason }
    const { permitted, nonce } = parsed.payload.permit2Authorization
    const amount = BigInt(payment.requirements.amount)
    if (amount === 0n) return { outcome: 'settled', transaction: '' }
    if (amount > permitted.amount)
      return { outcome: 'failed', reason: 'invalid_upto_evm_payload_settlement_exceeds_amount' }
    const { pretendPending } = options
    // No transaction was sent, so the nonce replaces its hash.
    if (pretendPending?.lands === false)
      return { outcome: 'pending', transaction: toHex(nonce, { size: 32 }) }
    const { payload } = parsed
    const { to, data } = settleCall({ payload, extensions: payment.extensions, amount })
    const transaction = await callNode(() => this.#settlement.relayer.send(to, data))
    if (pretendPending) return { outcome: 'pending', transaction }
    return awaitCharge(this.#settlement, { payment, parsed, transaction })
  }

  async findSettlement(payment: SubmittedPayment, transaction: string): Promise<Settlement> {
    const parsed = parsePermit2(payment)
    if ('reason' in parsed) return { outcome: 'failed', reason: parsed.reason }
    if (!isHash(transaction)) return { outcome: 'pending', transaction }
    return awaitCharge({ ...this.#settlement, receiptTimeoutMs: FIND_MS }, { payment, parsed, transaction })
  }
}

/** The payment as it was offered: its amount is the most that may be taken. */
function withMost(payment: SubmittedPayment, { payload }: ParsedPermit2): SubmittedPayment {
  const { requirements } = payment
  if (requirements.scheme !== 'upto') return payment
  const amount = String(payload.permit2Authorization.permitted.amount)
  return { ...payment, requirements: { ...requirements, amount } }
}

/** A settlement that was broadcast. */
interface SentSettlement {
  readonly payment: SubmittedPayment
  readonly parsed: ParsedPermit2
  readonly transaction: Hash
}

async function awaitCharge(
  context: SettlementContext,
  { payment, parsed, transaction }: SentSettlement
): Promise<Settlement> {
  const { requirements } = payment
  const { from, witness } = parsed.payload.permit2Authorization
  const transfer = { from, to: witness.to, value: BigInt(requirements.amount) }
  const settlement = await awaitTransfer(context, { asset: parsed.asset, hash: transaction, transfer })
  const isFailure = settlement.outcome === 'failed' && settlement.reason === 'transaction_failed'
  if (!isFailure || requirements.scheme !== 'upto') return settlement
  return { ...settlement, reason: 'invalid_upto_evm_transaction_failed' }
}
