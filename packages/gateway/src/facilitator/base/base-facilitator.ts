import type { JsonObject, NetworkId } from '@bursar/core'
import { type Address, isHash } from 'viem'
import type {
  Facilitator,
  PaymentIdentity,
  Rejection,
  Settlement,
  SettleOptions,
  SubmittedPayment,
  VerifyOptions
} from '../facilitator.js'
import { isByPermit2 } from '../permit2/parse-permit2.js'
import { Permit2Settler } from '../permit2/permit2-settler.js'
import { callNode } from './call-node.js'
import type { TokenDomain } from './context.js'
import { parsePayment } from './parse-payment.js'
import { awaitTransfer, broadcastTransfer, FIND_MS, type SettlementContext } from './settlement.js'
import { verifyAuthorization } from './verification.js'

/** The chain that a facilitator is connected to. */
export interface ConnectedChain {
  readonly settlement: SettlementContext
  readonly chainId: number
  readonly asset: Address
  readonly name: string
  readonly payTo: Address
  /** As the token's contract reports it. */
  readonly domain: TokenDomain
}

/** Verifies and settles payments in USDC, by EIP-3009 and by Permit2. It uses viem and none of Bursar's own signing code. */
export class BaseFacilitator implements Facilitator {
  readonly network: NetworkId
  readonly name: string
  readonly asset: Address
  readonly payTo: Address
  readonly extra: JsonObject
  readonly signers: readonly string[]
  readonly #chain: ConnectedChain
  readonly #permit2: Permit2Settler

  constructor(chain: ConnectedChain) {
    this.#chain = chain
    this.#permit2 = new Permit2Settler(chain.settlement, chain.chainId)
    this.network = `eip155:${chain.chainId}`
    this.name = chain.name
    this.asset = chain.asset
    this.payTo = chain.payTo
    this.extra = { ...chain.domain }
    this.signers = [chain.settlement.relayer.address]
  }

  identify(payment: SubmittedPayment): PaymentIdentity | Rejection {
    if (isByPermit2(payment)) return this.#permit2.identify(payment)
    const parsed = parsePayment(payment)
    return 'reason' in parsed ? parsed : parsed.identity
  }

  async verify(payment: SubmittedPayment, options: VerifyOptions = {}): Promise<PaymentIdentity | Rejection> {
    if (isByPermit2(payment)) return this.#permit2.verify(payment, options)
    const parsed = parsePayment(payment)
    if ('reason' in parsed) return parsed
    const { clockOffsetSeconds = 0 } = options
    const reason = await callNode(async () =>
      verifyAuthorization({
        ...parsed,
        client: this.#chain.settlement.client,
        chainId: this.#chain.chainId,
        requirements: payment.requirements,
        domain: this.#domainOf(payment),
        nowSeconds: (await this.#nowSeconds()) + BigInt(clockOffsetSeconds)
      })
    )
    return reason ? { ok: false, reason, payer: parsed.identity.payer } : parsed.identity
  }

  async settle(payment: SubmittedPayment, options: SettleOptions = {}): Promise<Settlement> {
    if (isByPermit2(payment)) return this.#permit2.settle(payment, options)
    const verdict = await this.verify(payment, options)
    if (!verdict.ok) return { outcome: 'failed', reason: verdict.reason }
    const parsed = parsePayment(payment)
    if ('reason' in parsed) return { outcome: 'failed', reason: parsed.reason }
    const { payload, asset } = parsed
    const { pretendPending } = options
    // No transaction was sent, so the nonce replaces its hash.
    if (pretendPending?.lands === false)
      return { outcome: 'pending', transaction: payload.authorization.nonce }
    const { settlement } = this.#chain
    const hash = await callNode(() => broadcastTransfer(settlement, asset, payload))
    if (pretendPending) return { outcome: 'pending', transaction: hash }
    return awaitTransfer(settlement, { asset, hash, transfer: payload.authorization })
  }

  async findSettlement(payment: SubmittedPayment, transaction: string): Promise<Settlement> {
    if (isByPermit2(payment)) return this.#permit2.findSettlement(payment, transaction)
    const parsed = parsePayment(payment)
    if ('reason' in parsed) return { outcome: 'failed', reason: parsed.reason }
    if (!isHash(transaction)) return { outcome: 'pending', transaction }
    const { asset, payload } = parsed
    const settlement = { ...this.#chain.settlement, receiptTimeoutMs: FIND_MS }
    return awaitTransfer(settlement, { asset, hash: transaction, transfer: payload.authorization })
  }

  /** The domain that the offer names. A Katana offer names none and means the token's own. */
  #domainOf({ requirements, dialect }: SubmittedPayment): TokenDomain {
    const { name, version } = requirements.extra
    const fallback = dialect === 'katana' ? this.#chain.domain : { name: '', version: '' }
    return {
      name: typeof name === 'string' ? name : fallback.name,
      version: typeof version === 'string' ? version : fallback.version
    }
  }

  /** The time of the next block, because the latest one may be old on a chain without traffic. */
  async #nowSeconds(): Promise<bigint> {
    const { client } = this.#chain.settlement
    return (await client.getBlock({ blockTag: 'pending' })).timestamp
  }
}
