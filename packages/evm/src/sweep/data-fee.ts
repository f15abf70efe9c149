import type { PublicClient } from 'viem'
import type { Hex } from '../address/address.js'

/** Where a rollup of the OP Stack, such as Base, says what publishing a transaction costs. @see https://specs.optimism.io */
const ORACLE = '0x420000000000000000000000000000000000000F'

const abi = [
  {
    type: 'function',
    name: 'getL1Fee',
    stateMutability: 'view',
    inputs: [{ type: 'bytes' }],
    outputs: [{ type: 'uint256' }]
  }
] as const

/**
 * Reads what a rollup takes for publishing a transaction, besides its gas, twice over, since that changes from block to block.
 *
 * @returns wei; zero on a network that takes no such fee.
 */
export async function readDataFee(client: PublicClient, transaction: Hex): Promise<bigint> {
  const code = await client.getCode({ address: ORACLE })
  if (code === undefined || code === '0x') return 0n
  return (
    2n * (await client.readContract({ address: ORACLE, abi, functionName: 'getL1Fee', args: [transaction] }))
  )
}
