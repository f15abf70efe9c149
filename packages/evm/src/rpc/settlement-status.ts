import {
  BursarError,
  type Clock,
  type NetworkId,
  type SettlementReader,
  type SettlementStatus,
  type SignedPayment
} from '@bursar/core'
import type { PublicClient } from 'viem'
import { readAddress, readHash } from '../address/address.js'
import { type LatestBlock, readUses } from './authorization-uses.js'
import type { EvmReader } from './chain-reader.js'
import { tokenAbi } from './token-abi.js'

/**
 * How far past `validBefore` the chain's clock must be. USDC rejects an authorization from `validBefore` on;
 * the margin covers a latest block that is still replaced by another one with an earlier clock.
 */
const EXPIRY_MARGIN_SECONDS = 30n
/** How many authorizations are asked about in one call: about 30 KB of it. */
const PAYMENTS_PER_CALL = 100

/** Builds the reader of settlement statuses. */
export function createSettlementReader(reader: EvmReader, clock: Clock): Required<SettlementReader> {
  const readAll = (network: NetworkId, payments: readonly SignedPayment[], signal: AbortSignal | undefined) =>
    reader.read(network, (client) => readSettlementStatuses(client, payments, clock.nowMs()), {
      signal,
      moneyState: 'unknown'
    })
  return {
    async getSettlementStatus(payment, signal) {
      const [status] = await readAll(payment.network, [payment], signal)
      return status ?? throwUnknownUse(payment)
    },
    getSettlementStatuses: readAll
  }
}

/**
 * Reads what became of authorizations, with two calls for those that are unused, however many they are.
 *
 * Clock and state are those of one block: behind a load balancer, a fresh clock beside a stale state would call a
 * settled payment dead. Nor does the chain's clock decide alone: our own must have passed the end too, or an endpoint
 * that runs ahead could release the budget of a payment that can still settle.
 *
 * @param nowMs Unix milliseconds of our own clock.
 * @see EIP-3009, `authorizationState`
 */
async function readSettlementStatuses(
  client: PublicClient,
  payments: readonly SignedPayment[],
  nowMs: number
): Promise<readonly (SettlementStatus | undefined)[]> {
  const latest = await client.getBlock()
  const uses = await readAllUses(client, payments, latest)
  const nowSeconds = BigInt(Math.floor(nowMs / 1000))
  return payments.map((payment) => {
    const endSeconds = payment.expiry + EXPIRY_MARGIN_SECONDS
    const isOver = latest.timestamp >= endSeconds && nowSeconds >= endSeconds
    return uses.has(payment) ? uses.get(payment) : { status: isOver ? 'dead' : 'open' }
  })
}

/** What became of the payments whose nonces are used; `undefined` where that is not known. */
async function readAllUses(
  client: PublicClient,
  payments: readonly SignedPayment[],
  latest: LatestBlock
): Promise<ReadonlyMap<SignedPayment, SettlementStatus | undefined>> {
  const throughPermit2 = payments.filter(isPermit2Payment)
  const plain = throughPermit2.length === 0 ? payments : payments.filter((one) => !isPermit2Payment(one))
  const used = plain.length === 0 ? [] : await readUsed(client, plain, latest.number)
  const uses = await readUses(
    client,
    plain.filter((_, index) => used[index]),
    latest
  )
  if (throughPermit2.length === 0) return uses
  const { readPermit2Uses } = await import('../permit2/permit2-uses.js')
  return new Map([...uses, ...(await readPermit2Uses(client, throughPermit2, latest))])
}

function isPermit2Payment({ payload }: SignedPayment): boolean {
  return 'permit2Authorization' in payload
}

/** Whether the tokens have used up each nonce, by a transfer or by its cancellation. */
async function readUsed(
  client: PublicClient,
  payments: readonly SignedPayment[],
  blockNumber: bigint
): Promise<readonly boolean[]> {
  const contracts = payments.map(({ asset, payer, reference }) => ({
    address: readAddress(asset),
    abi: tokenAbi,
    functionName: 'authorizationState' as const,
    args: [readAddress(payer), readHash(reference)] as const
  }))
  const [only, ...others] = contracts
  if (only && others.length === 0) return [await client.readContract({ ...only, blockNumber })]
  const used: boolean[] = []
  for (let first = 0; first < contracts.length; first += PAYMENTS_PER_CALL) {
    const some = contracts.slice(first, first + PAYMENTS_PER_CALL)
    used.push(...(await client.multicall({ ...batch, contracts: some, blockNumber })))
  }
  return used
}

/** The code that makes the calls travels with them, so that no contract must be deployed on the chain. */
const batch = { allowFailure: false, deployless: true, batchSize: 0 } as const

/** Its nonce is used, and the endpoint does not show by what. The budget is held. */
function throwUnknownUse({ network }: SignedPayment): never {
  const reason = 'no endpoint shows the transaction that used the payment'
  throw new BursarError('rpc/unavailable', {
    message: `What became of a payment on ${network} is not known: ${reason}.`,
    context: { network, endpoints: 1, reasons: [reason] },
    moneyState: 'unknown'
  })
}
