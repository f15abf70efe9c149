import type { SettlementStatus, SignedPayment } from '@bursar/core'
import type { PublicClient } from 'viem'
import type { Address, Hex } from '../account/evm-account.js'

/** How far back the settling transaction is looked for: an hour of Base's blocks, and within what RPCs allow. */
const SEARCHED_BLOCKS = 1_800n
/**
 * How far past `validBefore` the chain's clock must be. USDC refuses an authorization from `validBefore` on;
 * the margin covers a head that is still replaced by a sibling with an earlier clock.
 */
const DEATH_MARGIN_SECONDS = 30n

const authorizationStateAbi = [
  {
    type: 'function',
    name: 'authorizationState',
    stateMutability: 'view',
    inputs: [{ type: 'address' }, { type: 'bytes32' }],
    outputs: [{ type: 'bool' }]
  }
] as const

function eventOf<Name extends string>(name: Name) {
  return {
    type: 'event',
    name,
    inputs: [
      { type: 'address', name: 'authorizer', indexed: true },
      { type: 'bytes32', name: 'nonce', indexed: true }
    ]
  } as const
}

/**
 * Whether the token has used up a nonce, by a transfer or by its cancellation.
 *
 * @param blockNumber asked of that very block. Default: the latest that the endpoint knows.
 * @see EIP-3009
 */
export function readAuthorizationState(
  client: PublicClient,
  token: string,
  payer: string,
  nonce: string,
  blockNumber?: bigint
): Promise<boolean> {
  return client.readContract({
    address: token as Address,
    abi: authorizationStateAbi,
    functionName: 'authorizationState',
    args: [payer as Address, nonce as Hex],
    ...(blockNumber === undefined ? {} : { blockNumber })
  })
}

/**
 * What became of an authorization. Clock and state are those of one block: behind a balancer, a fresh
 * clock beside a stale state would call a settled payment dead. Nor is the chain's clock believed alone:
 * our own must have passed the end too, or an endpoint that runs ahead could free a live payment's budget.
 */
export async function readFate(
  client: PublicClient,
  payment: SignedPayment,
  nowMs: number
): Promise<SettlementStatus> {
  const { timestamp, number } = await client.getBlock()
  if (await readAuthorizationState(client, payment.asset, payment.payer, payment.reference, number)) {
    return readEnd(client, payment, number)
  }
  const end = payment.expiry + DEATH_MARGIN_SECONDS
  return timestamp >= end && BigInt(Math.floor(nowMs / 1000)) >= end ? { status: 'dead' } : { status: 'open' }
}

/**
 * How a used-up nonce was used. One whose event is not found, because it is old or the RPC keeps no logs,
 * counts as settled: of the two mistakes, that one cannot pay twice.
 */
async function readEnd(
  client: PublicClient,
  payment: SignedPayment,
  latest: bigint
): Promise<SettlementStatus> {
  const query = {
    address: payment.asset as Address,
    args: { authorizer: payment.payer as Address, nonce: payment.reference as Hex },
    fromBlock: latest > SEARCHED_BLOCKS ? latest - SEARCHED_BLOCKS : 0n,
    toBlock: 'latest'
  } as const
  try {
    const [[used], [cancelled]] = await Promise.all([
      client.getLogs({ ...query, event: eventOf('AuthorizationUsed') }),
      client.getLogs({ ...query, event: eventOf('AuthorizationCanceled') })
    ])
    if (cancelled) return { status: 'dead' }
    return used ? { status: 'settled', transaction: used.transactionHash } : { status: 'settled' }
  } catch {
    return { status: 'settled' }
  }
}
