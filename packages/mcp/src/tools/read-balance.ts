import { formatUsdc } from '@bursar/core'
import type { McpContext } from '../context.js'
import { limitsLeft } from '../limits-left.js'
import type { ToolOutput } from '../tool-output.js'

/** Says what the wallets hold, and what may still be spent. */
export async function readBalance(context: McpContext): Promise<ToolOutput> {
  const { wallets } = await context.bursar.balances()
  return {
    wallets: wallets.map(({ network, address, usdc, error }) => ({
      network,
      address,
      usdc: usdc === undefined ? `unknown (${error?.code})` : `${formatUsdc(usdc)} USDC`
    })),
    left: await limitsLeft(context)
  }
}
