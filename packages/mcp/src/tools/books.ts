import { formatUsdc } from '@bursar/core'
import type { McpContext } from '../context.js'
import { leftOf } from '../spend-report.js'
import type { Facts } from '../tool-result.js'

const DAY_MS = 86_400_000

/** Tells what the wallets hold, and what may still be spent. */
export async function readBalance(context: McpContext): Promise<Facts> {
  const { wallets } = await context.bursar.balances()
  return {
    wallets: wallets.map(({ network, address, usdc, error }) => ({
      network,
      address,
      usdc: usdc === undefined ? `unknown (${error?.code})` : `${formatUsdc(usdc)} USDC`
    })),
    left: await leftOf(context)
  }
}

/** Lists what was bought, newest first. */
export async function readHistory(
  { bursar, clock }: McpContext,
  { days, limit }: { readonly days: number; readonly limit: number }
): Promise<Facts> {
  const purchases: Record<string, unknown>[] = []
  for await (const purchase of bursar.history({ fromMs: clock.nowMs() - days * DAY_MS })) {
    if (purchases.length === limit) break
    const { id, origin, path, offer, state, reservedAtMs, labels, job } = purchase
    purchases.push({
      purchase: id,
      at: new Date(reservedAtMs).toISOString(),
      url: `${origin}${path}`,
      cost: `${formatUsdc(offer.cost)} USDC`,
      state,
      ...(labels.model ? { model: labels.model } : {}),
      ...(job ? { job } : {})
    })
  }
  return { purchases }
}
