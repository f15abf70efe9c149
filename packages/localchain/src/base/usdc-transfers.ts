import type { Address, Hash } from 'viem'
import { getContractEvents } from 'viem/actions'
import type { AnvilClient } from './anvil-client.js'
import { usdcAbi } from './usdc-abi.js'

/** A transfer of USDC, by whatever method of the token. */
export interface UsdcTransfer {
  readonly transaction: Hash
  readonly to: Address
  readonly amountAtomic: bigint
  /** The time of its block, where the node says it. */
  readonly settledAtSeconds?: number
}

/** Reads what an account has sent from the chain's logs, oldest first. */
export async function readTransfersFrom(
  client: AnvilClient,
  usdc: Address,
  sender: Address
): Promise<UsdcTransfer[]> {
  const transfers = await getContractEvents(client, {
    address: usdc,
    abi: usdcAbi,
    fromBlock: 0n,
    toBlock: 'latest',
    strict: true,
    eventName: 'Transfer',
    args: { from: sender }
  })
  return transfers.map(({ args, transactionHash, blockTimestamp }) => ({
    transaction: transactionHash,
    to: args.to,
    amountAtomic: args.value,
    ...(blockTimestamp ? { settledAtSeconds: Number(blockTimestamp) } : {})
  }))
}
