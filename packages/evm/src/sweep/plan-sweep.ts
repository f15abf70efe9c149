import type { SweepPlan, SweepRequest } from '@bursar/core'
import { type PublicClient, serializeTransaction } from 'viem'
import { readAddress } from '../address/address.js'
import { chainIdOf } from '../payment/token-domain.js'
import { readDataFee } from './data-fee.js'
import type { SweepAccounts } from './sweep-accounts.js'
import { transferCall } from './transfer-call.js'

/** What an authorized transfer may use: measured at 81,000 for USDC on Base, and other tokens need some more. */
const AUTHORIZED_GAS = 160_000n
/** What the transfer of a coin uses. A contract that receives it may use more, which an estimate shows. */
const COIN_GAS = 21_000n

/** How much a transaction may use, and at which price. */
export interface SweepGas {
  readonly gas: bigint
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/** Reads what there is to move, and what that costs at most. */
export async function planSweep(
  client: PublicClient,
  request: SweepRequest,
  { owner, payer }: SweepAccounts
): Promise<SweepPlan> {
  const { asset, network } = request
  const held = await readHeld(client, request, owner.address)
  const [gas, heldForFee] = await Promise.all([
    readGas(client, { request, amountAtomic: held, from: owner.address, isOwn: owner === payer }),
    client.getBalance({ address: payer.address })
  ])
  const maxFee = gas.gas * gas.maxFeePerGas + (await readDataFee(client, bytesOf(network, request)))
  // Of the coin, what the fee leaves.
  const amountAtomic = asset ? held : held > maxFee ? held - maxFee : 0n
  return {
    ...request,
    from: owner.address,
    amountAtomic,
    feePayer: payer.address,
    maxFee,
    neededForFee: maxFee,
    heldForFee,
    createsAccount: false
  }
}

/** A sweep whose use of gas is estimated. */
export interface GasQuestion {
  readonly request: SweepRequest
  readonly amountAtomic: bigint
  readonly from: string
  /** Whether the owner itself sends the transaction. */
  readonly isOwn: boolean
}

/** Reads what a transaction may use and at which price, with a margin for what changes until it is in a block. */
export async function readGas(
  client: PublicClient,
  { request, amountAtomic, from, isOwn }: GasQuestion
): Promise<SweepGas> {
  const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas({ chain: null })
  const account = readAddress(from)
  if (request.asset && !isOwn) return { gas: AUTHORIZED_GAS, maxFeePerGas, maxPriorityFeePerGas }
  if (!request.asset) {
    const used = await client.estimateGas({ account, to: readAddress(request.to), value: 0n })
    return { gas: used > COIN_GAS ? (used * 12n) / 10n : COIN_GAS, maxFeePerGas, maxPriorityFeePerGas }
  }
  const call = transferCall({ asset: request.asset, to: request.to, amountAtomic })
  const used = await client.estimateGas({ account, ...call })
  return { gas: (used * 12n) / 10n, maxFeePerGas, maxPriorityFeePerGas }
}

async function readHeld(client: PublicClient, { asset }: SweepRequest, owner: string): Promise<bigint> {
  const address = readAddress(owner)
  if (!asset) return client.getBalance({ address })
  const abi = [
    {
      type: 'function',
      name: 'balanceOf',
      stateMutability: 'view',
      inputs: [{ type: 'address' }],
      outputs: [{ type: 'uint256' }]
    }
  ] as const
  return client.readContract({
    address: readAddress(asset.address),
    abi,
    functionName: 'balanceOf',
    args: [address]
  })
}

/** Bytes as long as those of the transaction will be: a rollup charges for their publication. */
function bytesOf(network: string, { asset }: SweepRequest): `0x${string}` {
  const dataBytes = asset ? 324 : 0
  const unsigned = serializeTransaction({
    type: 'eip1559',
    chainId: chainIdOf(network),
    nonce: 0xffff,
    gas: AUTHORIZED_GAS,
    maxFeePerGas: 10n ** 12n,
    maxPriorityFeePerGas: 10n ** 12n,
    value: 10n ** 20n,
    to: `0x${'11'.repeat(20)}`,
    data: `0x${'a7'.repeat(dataBytes)}`
  })
  return unsigned
}
