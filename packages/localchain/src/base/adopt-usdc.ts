import { type Address, createPublicClient, encodeFunctionData, type Hex, http, parseEther, toHex } from 'viem'
import { USDC } from './install-usdc.js'
import { rpc } from './json-rpc.js'
import { usdcAbi } from './usdc-abi.js'

const MAX_UINT256 = 2n ** 256n - 1n

/**
 * Makes an account minter, pauser and blacklister of the USDC that a fork has, in the name of those who may say so there.
 *
 * @throws when there is no USDC at Base's address.
 */
export async function adoptUsdc(rpcUrl: string, admin: Address): Promise<void> {
  const client = createPublicClient({ transport: http(rpcUrl), pollingInterval: 50 })
  const token = { address: USDC, abi: usdcAbi } as const
  const [owner, masterMinter] = await Promise.all([
    client.readContract({ ...token, functionName: 'owner' }),
    client.readContract({ ...token, functionName: 'masterMinter' })
  ])
  const call = encodeFunctionData<typeof usdcAbi>
  const orders: readonly (readonly [from: Address, data: Hex])[] = [
    [masterMinter, call({ abi: usdcAbi, functionName: 'configureMinter', args: [admin, MAX_UINT256] })],
    [owner, call({ abi: usdcAbi, functionName: 'updatePauser', args: [admin] })],
    [owner, call({ abi: usdcAbi, functionName: 'updateBlacklister', args: [admin] })]
  ]
  for (const [from, data] of orders) {
    await rpc(rpcUrl, [
      ['anvil_impersonateAccount', [from]],
      ['anvil_setBalance', [from, toHex(parseEther('1'))]]
    ])
    const [hash] = await rpc(rpcUrl, [['eth_sendTransaction', [{ from, to: USDC, data }]]])
    await client.waitForTransactionReceipt({ hash: hash as Hex })
    await rpc(rpcUrl, [['anvil_stopImpersonatingAccount', [from]]])
  }
}
