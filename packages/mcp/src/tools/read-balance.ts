import { type AtomicUsdc, type BursarError, formatUsdc } from '@bursar/core'
import type { McpContext } from '../context.js'
import { limitsLeft } from '../limits-left.js'
import type { ToolOutput } from '../tool-output.js'

/** Says what the wallets and the prepaid balance hold, and what may still be spent. */
export async function readBalance(context: McpContext): Promise<ToolOutput> {
  const { wallets, prepaid } = await context.bursar.balances({ prepaid: [context.katana] })
  return {
    prepaid: prepaid.map(({ service, usdc, error }) => ({ service, usdc: usdcText(usdc, error) })),
    wallets: wallets.map(({ network, address, usdc, error }) => ({
      network,
      address,
      usdc: usdcText(usdc, error)
    })),
    left: await limitsLeft(context)
  }
}

function usdcText(usdc: AtomicUsdc | undefined, error: BursarError | undefined): string {
  return usdc === undefined ? `unknown (${error?.code})` : `${formatUsdc(usdc)} USDC`
}
