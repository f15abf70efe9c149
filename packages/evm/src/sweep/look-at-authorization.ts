import { isJsonObject, type Rpc, type SignedSweep, type SweepOutcome } from '@bursar/core'
import type { PublicClient } from 'viem'
import { readAddress, readHash } from '../address/address.js'
import { type AuthorizationKey, type LatestBlock, readUses } from '../rpc/authorization-uses.js'
import { tokenAbi } from '../rpc/token-abi.js'
import { createViemClient } from '../rpc/viem-client.js'
import { isTakenForGood, STAYING_BLOCKS } from './taken-for-good.js'

/** A sweep whose transaction carries an authorization. */
export interface AuthorizedSweep extends SignedSweep, AuthorizationKey {
  readonly asset: string
  readonly reference: string
}

/** The authorization in a sweep; `undefined`: its owner sends the transfer itself. */
export function authorizationOf(signed: SignedSweep): AuthorizedSweep | undefined {
  const { asset, reference, validBefore, from: payer } = signed
  if (asset === undefined || reference === undefined || validBefore === undefined) return undefined
  return { ...signed, asset, reference, payer, expiry: validBefore }
}

/**
 * Looks what became of an authorization, whatever became of the transaction that carried it: it has moved the money, was
 * cancelled, or is dead once a block that stays is past its end and does not have it used. All is asked of one node.
 *
 * @param nowMs our own clock: a node whose clock runs ahead calls nothing dead.
 * @see EIP-3009, `authorizationState`
 */
export async function lookAtAuthorization(
  rpc: Rpc,
  sweep: AuthorizedSweep,
  nowMs: number
): Promise<SweepOutcome | undefined> {
  const client = createViemClient(rpc)
  const latest = await client.getBlock()
  if (await isUsed(client, sweep, latest)) return outcomeOfUse(client, sweep, latest)
  if (await isOverForGood(client, sweep, nowMs)) return { status: 'dead' }
  const receipt = await rpc('eth_getTransactionReceipt', [sweep.transaction])
  if (isJsonObject(receipt))
    return receipt.status === '0x1' ? undefined : usableUntilEnd(sweep, 'Its transaction failed')
  if (!(await isTakenForGood(rpc, sweep))) return undefined
  return usableUntilEnd(sweep, 'Another transaction has the number of this one')
}

/** What is said of a transaction that has not come about, while the authorization in it can still be used. */
export function usableUntilEnd({ expiry }: AuthorizedSweep, what: string): SweepOutcome {
  const end = new Date(Number(expiry) * 1000).toISOString()
  return {
    status: 'unknown',
    reason: `${what}, and whoever has seen the authorization in it can use it until ${end}`
  }
}

async function outcomeOfUse(
  client: PublicClient,
  sweep: AuthorizedSweep,
  latest: LatestBlock
): Promise<SweepOutcome> {
  const use = (await readUses(client, [sweep], latest)).get(sweep)
  if (use?.status === 'dead') return { status: 'dead' }
  const settled = use?.status === 'settled' ? use : undefined
  return {
    status: 'landed',
    atMs: (settled?.settledAtSeconds ?? Number(latest.timestamp)) * 1000,
    transaction: settled?.transaction ?? sweep.transaction
  }
}

/** Clock and state are those of one block, which no other replaces. */
async function isOverForGood(client: PublicClient, sweep: AuthorizedSweep, nowMs: number): Promise<boolean> {
  if (BigInt(Math.floor(nowMs / 1000)) < sweep.expiry) return false
  for (const blockTag of STAYING_BLOCKS) {
    const block = await client.getBlock({ blockTag }).catch(() => undefined)
    // A node that does not know this block may know the other. Without both, its end stays unknown.
    if (block) return block.timestamp >= sweep.expiry && !(await isUsed(client, sweep, block))
  }
  return false
}

function isUsed(client: PublicClient, sweep: AuthorizedSweep, { number }: LatestBlock): Promise<boolean> {
  return client.readContract({
    address: readAddress(sweep.asset),
    abi: tokenAbi,
    functionName: 'authorizationState',
    args: [readAddress(sweep.payer), readHash(sweep.reference)],
    blockNumber: number
  })
}
