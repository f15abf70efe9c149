import { type Address, encodeFunctionData, type Hex } from 'viem'
import type { AnvilClient } from './anvil-client.js'
import { assertMined } from './await-receipt.js'
import { usdcAbi } from './usdc-abi.js'

/** Calls of USDC that only its administrator may make. */
export interface UsdcAdmin {
  mint(to: Address, amountAtomic: bigint): Promise<void>
  blacklist(address: Address): Promise<void>
  pause(): Promise<void>
  unpause(): Promise<void>
}

/** Creates the administrator of the token. */
export function createUsdcAdmin(client: AnvilClient, usdc: Address, admin: Address): UsdcAdmin {
  // One at a time: anvil gives two transactions that arrive at once the same nonce.
  let last: Promise<unknown> = Promise.resolve()
  const send = (data: Hex): Promise<void> => {
    const sent = last.then(async () => {
      const transaction = { from: admin, to: usdc, data }
      const hash = await client.request({ method: 'eth_sendTransaction', params: [transaction] })
      await assertMined(client, hash)
    })
    last = sent.catch(() => {})
    return sent
  }
  const abi = usdcAbi
  return {
    mint: (to, amount) => send(encodeFunctionData({ abi, functionName: 'mint', args: [to, amount] })),
    blacklist: (address) => send(encodeFunctionData({ abi, functionName: 'blacklist', args: [address] })),
    pause: () => send(encodeFunctionData({ abi, functionName: 'pause' })),
    unpause: () => send(encodeFunctionData({ abi, functionName: 'unpause' }))
  }
}
