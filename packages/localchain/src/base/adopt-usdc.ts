import { type Address, encodeFunctionData, type Hex, parseEther, toHex } from 'viem'
import { readContract } from 'viem/actions'
import type { AnvilClient } from './anvil-client.js'
import { assertMined } from './await-receipt.js'
import { usdcAbi } from './usdc-abi.js'

const MAX_UINT256 = 2n ** 256n - 1n

/**
 * Makes an account minter, pauser and blacklister of the USDC on a forked chain, by impersonating the accounts that
 * may appoint one.
 *
 * @throws viem's error when there is no USDC at the address.
 */
export async function adoptUsdc(client: AnvilClient, usdc: Address, admin: Address): Promise<void> {
  const token = { address: usdc, abi: usdcAbi } as const
  const [owner, masterMinter] = await Promise.all([
    readContract(client, { ...token, functionName: 'owner' }),
    readContract(client, { ...token, functionName: 'masterMinter' })
  ])
  const abi = usdcAbi
  const mint = encodeFunctionData({ abi, functionName: 'configureMinter', args: [admin, MAX_UINT256] })
  await sendAs(client, { from: masterMinter, to: usdc, data: mint })
  for (const functionName of ['updatePauser', 'updateBlacklister'] as const)
    await sendAs(client, {
      from: owner,
      to: usdc,
      data: encodeFunctionData({ abi, functionName, args: [admin] })
    })
}

/** Sends a transaction from an account whose key nobody here has. */
async function sendAs(
  client: AnvilClient,
  transaction: { readonly from: Address; readonly to: Address; readonly data: Hex }
): Promise<void> {
  const { from } = transaction
  await client.request({ method: 'anvil_impersonateAccount', params: [from] })
  await client.request({ method: 'anvil_setBalance', params: [from, toHex(parseEther('1'))] })
  const hash = await client.request({ method: 'eth_sendTransaction', params: [transaction] })
  await assertMined(client, hash)
  await client.request({ method: 'anvil_stopImpersonatingAccount', params: [from] })
}
