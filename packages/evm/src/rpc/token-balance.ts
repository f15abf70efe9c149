import type { PublicClient } from 'viem'
import type { Address } from '../account/evm-account.js'

const balanceOfAbi = [
  {
    type: 'function',
    name: 'balanceOf',
    stateMutability: 'view',
    inputs: [{ type: 'address' }],
    outputs: [{ type: 'uint256' }]
  }
] as const

/** A token balance in its smallest unit. @see EIP-20 */
export function readTokenBalance(client: PublicClient, token: string, owner: Address): Promise<bigint> {
  return client.readContract({
    address: token as Address,
    abi: balanceOfAbi,
    functionName: 'balanceOf',
    args: [owner]
  })
}
