import type { Address, Hex } from 'viem'
import { getContractEvents } from 'viem/actions'
import type { AnvilClient } from './anvil-client.js'
import { usdcAbi } from './usdc-abi.js'

/** An EIP-3009 authorization that the chain has settled. */
export interface UsedAuthorization {
  readonly authorizer: Address
  readonly nonce: Hex
  readonly transaction: Hex
  readonly to: Address
  readonly amountAtomic: bigint
}

/** Reads the settled authorizations from the chain's logs, oldest first. */
export async function readUsedAuthorizations(
  client: AnvilClient,
  usdc: Address,
  authorizer: Address | undefined
): Promise<UsedAuthorization[]> {
  const range = { address: usdc, abi: usdcAbi, fromBlock: 0n, toBlock: 'latest', strict: true } as const
  const used = await getContractEvents(client, {
    ...range,
    eventName: 'AuthorizationUsed',
    ...(authorizer ? { args: { authorizer } } : {})
  })
  const transfers = await getContractEvents(client, { ...range, eventName: 'Transfer' })
  // FiatToken emits AuthorizationUsed right before the Transfer that it authorizes.
  const transferAt = new Map(transfers.map((log) => [`${log.transactionHash}/${log.logIndex}`, log.args]))
  return used.flatMap(({ args, transactionHash, logIndex }) => {
    const transfer = transferAt.get(`${transactionHash}/${logIndex + 1}`)
    if (!transfer) return []
    return [{ ...args, transaction: transactionHash, to: transfer.to, amountAtomic: transfer.value }]
  })
}
