import type { PaymentFate, SignedPayment } from '@bursar/core'
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

/** Whether the token has used up a nonce, by a transfer or by its cancellation. @see EIP-3009 */
export function readAuthorizationState(
  client: PublicClient,
  token: string,
  payer: string,
  nonce: string
): Promise<boolean> {
  return client.readContract({
    address: token as Address,
    abi: authorizationStateAbi,
    functionName: 'authorizationState',
    args: [payer as Address, nonce as Hex]
  })
}

/**
 * What became of an authorization. The clock is read before the state: a state read first could miss a
 * settlement that lands before the clock is read, and a live payment would be called dead.
 */
export async function readFate(client: PublicClient, payment: SignedPayment): Promise<PaymentFate> {
  const { timestamp, number } = await client.getBlock()
  if (await readAuthorizationState(client, payment.asset, payment.payer, payment.reference)) {
    return readEnd(client, payment, number)
  }
  return timestamp >= payment.deathMark + DEATH_MARGIN_SECONDS ? { fate: 'dead' } : { fate: 'open' }
}

/**
 * How a used-up nonce was used. One whose event is not found, because it is old or the RPC keeps no logs,
 * counts as settled: of the two mistakes, that one cannot pay twice.
 */
async function readEnd(client: PublicClient, payment: SignedPayment, latest: bigint): Promise<PaymentFate> {
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
    if (cancelled) return { fate: 'dead' }
    return used ? { fate: 'settled', transaction: used.transactionHash } : { fate: 'settled' }
  } catch {
    return { fate: 'settled' }
  }
}
