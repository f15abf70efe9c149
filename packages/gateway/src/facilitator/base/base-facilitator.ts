import { type Clock, createRegistry, type JsonObject, type NetworkId } from '@bursar/core'
import {
  type Address,
  BaseError,
  createPublicClient,
  type Hex,
  http,
  isAddress,
  isHash,
  type PublicClient
} from 'viem'
import {
  type Facilitator,
  FacilitatorUnavailable,
  type PaymentIdentity,
  type Rejection,
  type Settlement,
  type SettleOptions,
  type SubmittedPayment
} from '../facilitator.js'
import type { CheckContext } from './context.js'
import { type ExactPayload, katanaPayload, standardPayload } from './payload.js'
import { createRelayer } from './relayer.js'
import { isRevert } from './revert.js'
import { awaitTransfer, broadcastTransfer, type SettlementContext } from './settlement.js'
import { fiatToken } from './token.js'
import { verifyAuthorization } from './verification.js'

/** A transaction that was sent before has either landed or is not worth holding a request for. */
const FOLLOW_MS = 500

/** Where a {@link BaseFacilitator} settles. */
export interface BaseFacilitatorOptions {
  readonly rpcUrl: string
  /** Circle's USDC of the chain when absent. */
  readonly asset?: Address
  readonly payTo: Address
  /** Sends the settlements and pays their gas. */
  readonly relayerKey: Hex
  /** Milliseconds that a receipt is waited for before the settlement is `pending`. */
  readonly receiptTimeoutMs: number
  /** Ends the wait for receipts. */
  readonly signal: AbortSignal
  /** Holds `validAfter` and `validBefore` against this clock instead of the chain's. */
  readonly clock?: Clock
}

/**
 * Connects to an EVM chain and reads what its offers must say.
 *
 * @throws {TypeError} when the chain has no known USDC, or `asset` is no token.
 * @throws {FacilitatorUnavailable}
 */
export async function connectBaseFacilitator(options: BaseFacilitatorOptions): Promise<Facilitator> {
  const client = createPublicClient({
    transport: http(options.rpcUrl, { retryCount: 0, timeout: 10_000 }),
    cacheTime: 0
  })
  const chainId = await reach(() => client.getChainId())
  const network: NetworkId = `eip155:${chainId}`
  const registry = createRegistry()
  const asset = options.asset ?? registry.defaultAsset(network)?.address
  if (!asset || !isAddress(asset, { strict: false })) {
    throw new TypeError(`Chain ${chainId} has no known USDC; give its address as "usdc".`)
  }
  const domain = await readDomain(client, asset)
  return new BaseFacilitator({
    settlement: {
      client,
      relayer: createRelayer(client, chainId, options.relayerKey),
      receiptTimeoutMs: options.receiptTimeoutMs,
      signal: options.signal
    },
    chainId,
    asset,
    name: registry.network(network)?.v1Name ?? network,
    payTo: options.payTo,
    domain,
    ...(options.clock ? { clock: options.clock } : {})
  })
}

async function readDomain(client: PublicClient, asset: Address): Promise<Connected['domain']> {
  const token = { address: asset, abi: fiatToken } as const
  const read = (functionName: 'name' | 'version'): Promise<string | undefined> =>
    client.readContract({ ...token, functionName }).catch((error: unknown) => {
      if (isRevert(error)) return undefined
      throw error
    })
  const [name, version] = await reach(() => Promise.all([read('name'), read('version')]))
  if (name === undefined || version === undefined)
    throw new TypeError(`There is no USDC at ${asset} on this chain.`)
  return { name, version }
}

interface Connected {
  readonly settlement: SettlementContext
  readonly chainId: number
  readonly asset: Address
  readonly name: string
  readonly payTo: Address
  /** The token's own, as its contract tells it. */
  readonly domain: { readonly name: string; readonly version: string }
  readonly clock?: Clock
}

/** Judges and settles EIP-3009 payments in USDC, with viem and nothing of Bursar's own signer. */
class BaseFacilitator implements Facilitator {
  readonly network: NetworkId
  readonly name: string
  readonly asset: Address
  readonly payTo: Address
  readonly extra: JsonObject
  readonly #connected: Connected

  constructor(connected: Connected) {
    this.#connected = connected
    this.network = `eip155:${connected.chainId}`
    this.name = connected.name
    this.asset = connected.asset
    this.payTo = connected.payTo
    this.extra = { ...connected.domain }
  }

  identify(payment: SubmittedPayment): PaymentIdentity | Rejection {
    const read = parsePayment(payment)
    return 'reason' in read ? read : read.identity
  }

  async verify(payment: SubmittedPayment, clockOffsetSeconds = 0): Promise<PaymentIdentity | Rejection> {
    const read = parsePayment(payment)
    if ('reason' in read) return read
    const reason = await reach(async () =>
      verifyAuthorization({
        ...read,
        client: this.#connected.settlement.client,
        chainId: this.#connected.chainId,
        requirements: payment.requirements,
        domain: this.#domainOf(payment),
        nowSeconds: (await this.#nowSeconds()) + BigInt(clockOffsetSeconds)
      })
    )
    return reason ? { ok: false, reason, payer: read.identity.payer } : read.identity
  }

  async settle(
    payment: SubmittedPayment,
    { pretendPending }: SettleOptions = {},
    clockOffsetSeconds = 0
  ): Promise<Settlement> {
    const verdict = await this.verify(payment, clockOffsetSeconds)
    if (!verdict.ok) return { outcome: 'failed', reason: verdict.reason }
    const read = parsePayment(payment)
    if ('reason' in read) return { outcome: 'failed', reason: read.reason }
    const { payload, asset } = read
    // The name of a transaction that nobody has sent.
    if (pretendPending?.lands === false)
      return { outcome: 'pending', transaction: payload.authorization.nonce }
    const { settlement } = this.#connected
    const transaction = await reach(() => broadcastTransfer(settlement, asset, payload))
    if (pretendPending) return { outcome: 'pending', transaction }
    return awaitTransfer(settlement, asset, transaction, payload.authorization)
  }

  async follow(payment: SubmittedPayment, transaction: string): Promise<Settlement> {
    const read = parsePayment(payment)
    if ('reason' in read) return { outcome: 'failed', reason: read.reason }
    if (!isHash(transaction)) return { outcome: 'pending', transaction }
    const settlement = { ...this.#connected.settlement, receiptTimeoutMs: FOLLOW_MS }
    return awaitTransfer(settlement, read.asset, transaction, read.payload.authorization)
  }

  #domainOf({ requirements, dialect }: SubmittedPayment): CheckContext['domain'] {
    const { name, version } = requirements.extra
    const fallback = dialect === 'katana' ? this.#connected.domain : { name: '', version: '' }
    return {
      name: typeof name === 'string' ? name : fallback.name,
      version: typeof version === 'string' ? version : fallback.version
    }
  }

  /** The chain's time is that of its next block: the latest one may be old on an idle chain. */
  async #nowSeconds(): Promise<bigint> {
    const { clock, settlement } = this.#connected
    if (clock) return BigInt(Math.floor(clock.nowMs() / 1000))
    return (await settlement.client.getBlock({ blockTag: 'pending' })).timestamp
  }
}

/** A claim, read. */
interface ParsedPayment {
  readonly payload: ExactPayload
  readonly asset: Address
  readonly identity: PaymentIdentity
}

function parsePayment({
  payload: unread,
  dialect,
  requirements: { asset }
}: SubmittedPayment): ParsedPayment | Rejection {
  const schema = dialect === 'katana' ? katanaPayload : standardPayload
  const payload = schema.safeParse(unread).data
  if (!payload) return { ok: false, reason: 'payload_malformed' }
  const payer = payload.authorization.from.toLowerCase()
  if (!isAddress(asset, { strict: false })) return { ok: false, reason: 'asset_without_code', payer }
  const reference = `${payer}/${payload.authorization.nonce.toLowerCase()}`
  return { payload, asset, identity: { ok: true, payer, reference } }
}

/** What viem throws and the checks do not take as the chain's verdict is an outage. */
async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof BaseError)) throw error
    // The whole error would tell the RPC URL.
    throw new FacilitatorUnavailable(`The chain could not be asked: ${error.shortMessage}`)
  }
}
