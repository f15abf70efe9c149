import { type Clock, type JsonObject, type NetworkId, createRegistry } from '@bursar/core'
import {
  type Address,
  type Hash,
  type Hex,
  type PublicClient,
  createPublicClient,
  createWalletClient,
  http,
  isAddress,
  isHash
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { createNonceManager, jsonRpc } from 'viem/nonce'
import {
  type Claim,
  type Facilitator,
  FacilitatorUnavailable,
  type Identity,
  type Refusal,
  type SettleOptions,
  type Settlement
} from '../facilitator.js'
import type { CheckContext } from './context.js'
import { type ExactPayload, katanaPayload, standardPayload } from './payload.js'
import { type SettlementContext, awaitTransfer, broadcastTransfer } from './settlement.js'
import { fiatToken } from './token.js'
import { verifyAuthorization } from './verification.js'

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
  /** Holds `validAfter` and `validBefore` against this clock instead of the chain's. */
  readonly clock?: Clock
}

/**
 * Connects to an EVM chain and reads what its offers must say.
 *
 * @throws {TypeError} when the chain has no known USDC, or `asset` is no token.
 */
export async function connectBaseFacilitator(options: BaseFacilitatorOptions): Promise<Facilitator> {
  const transport = http(options.rpcUrl, { retryCount: 0, timeout: 10_000 })
  const client = createPublicClient({ transport })
  const chainId = await client.getChainId()
  const network = createRegistry().network(`eip155:${chainId}`)
  const asset = options.asset ?? createRegistry().defaultAsset(`eip155:${chainId}`)?.address
  if (!network || !asset || !isAddress(asset, { strict: false })) {
    throw new TypeError(`Chain ${chainId} has no known USDC; give its address as "usdc".`)
  }
  const [name, version] = await Promise.all([
    client.readContract({ address: asset, abi: fiatToken, functionName: 'name' }),
    client.readContract({ address: asset, abi: fiatToken, functionName: 'version' })
  ])
  // A nonce manager of our own: the shared one would mix up two local chains with the same chain id.
  const nonceManager = createNonceManager({ source: jsonRpc() })
  const relayer = privateKeyToAccount(options.relayerKey, { nonceManager })
  const wallet = createWalletClient({ account: relayer, transport })
  return new BaseFacilitator({
    settlement: { client, wallet, relayer, asset, receiptTimeoutMs: options.receiptTimeoutMs },
    chainId,
    name: network.v1Name ?? network.name,
    payTo: options.payTo,
    domain: { name, version },
    ...(options.clock ? { clock: options.clock } : {})
  })
}

interface Connected {
  readonly settlement: SettlementContext
  readonly chainId: number
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
    this.asset = connected.settlement.asset
    this.payTo = connected.payTo
    this.extra = { ...connected.domain }
  }

  identify(claim: Claim): Identity | Refusal {
    const payload = readPayload(claim)
    if (!payload) return { ok: false, reason: 'payload_malformed' }
    return identityOf(payload)
  }

  async verify(claim: Claim, clockOffsetSeconds = 0): Promise<Identity | Refusal> {
    const payload = readPayload(claim)
    if (!payload) return { ok: false, reason: 'payload_malformed' }
    const reason = await reach(async () =>
      verifyAuthorization(await this.#context(claim, payload, clockOffsetSeconds))
    )
    const identity = identityOf(payload)
    return reason ? { ok: false, reason, payer: identity.payer } : identity
  }

  async settle(claim: Claim, options: SettleOptions = {}, clockOffsetSeconds = 0): Promise<Settlement> {
    const verdict = await this.verify(claim, clockOffsetSeconds)
    if (!verdict.ok) return { outcome: 'failed', reason: verdict.reason }
    const payload = readPayload(claim)
    if (!payload) return { outcome: 'failed', reason: 'payload_malformed' }
    // The name of a transaction that nobody has sent.
    if (options.pretendPending?.lands === false) return { outcome: 'pending', transaction: payload.authorization.nonce }
    const transaction = await reach(() => broadcastTransfer(this.#connected.settlement, payload))
    if (options.pretendPending) return { outcome: 'pending', transaction }
    return awaitTransfer(this.#connected.settlement, transaction, payload.authorization)
  }

  async follow(claim: Claim, transaction: string): Promise<Settlement> {
    const payload = readPayload(claim)
    if (!payload || !isHash(transaction)) return { outcome: 'failed', reason: 'payload_malformed' }
    return awaitTransfer(this.#connected.settlement, transaction as Hash, payload.authorization)
  }

  async #context(claim: Claim, payload: ExactPayload, clockOffsetSeconds: number): Promise<CheckContext> {
    const { settlement, chainId } = this.#connected
    return {
      client: settlement.client,
      chainId,
      requirement: claim.requirement,
      payload,
      asset: claim.requirement.asset as Address,
      domain: this.#domainOf(claim),
      nowSeconds: (await this.#nowSeconds(settlement.client)) + BigInt(clockOffsetSeconds)
    }
  }

  #domainOf({ requirement, dialect }: Claim): CheckContext['domain'] {
    const { name, version } = requirement.extra
    const fallback = dialect === 'katana' ? this.#connected.domain : { name: '', version: '' }
    return {
      name: typeof name === 'string' ? name : fallback.name,
      version: typeof version === 'string' ? version : fallback.version
    }
  }

  /** The chain's time is that of its next block: the latest one may be old on an idle chain. */
  async #nowSeconds(client: PublicClient): Promise<bigint> {
    const { clock } = this.#connected
    if (clock) return BigInt(Math.floor(clock.nowMs() / 1000))
    return (await client.getBlock({ blockTag: 'pending' })).timestamp
  }
}

/** What the checks do not take as the chain's verdict is an outage. */
async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw new FacilitatorUnavailable('The chain could not be asked.', { cause: error })
  }
}

function readPayload({ payload, dialect }: Claim): ExactPayload | undefined {
  const schema = dialect === 'katana' ? katanaPayload : standardPayload
  return schema.safeParse(payload).data
}

function identityOf({ authorization }: ExactPayload): Identity {
  const payer = authorization.from.toLowerCase()
  return { ok: true, payer, reference: `${payer}/${authorization.nonce.toLowerCase()}` }
}
