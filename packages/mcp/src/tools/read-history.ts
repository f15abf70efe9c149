import { amountWords, type Purchase } from '@bursar/core'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'

const DAY_MS = 86_400_000

/** Lists what was bought, newest first. */
export async function readHistory(
  { bursar, clock }: McpContext,
  { days, limit }: { readonly days: number; readonly limit: number }
): Promise<ToolOutput> {
  const purchases: ToolOutput[] = []
  for await (const purchase of bursar.history({ fromMs: clock.nowMs() - days * DAY_MS })) {
    if (purchases.length === limit) break
    purchases.push(describe(purchase))
  }
  return { purchases }
}

function describe({ id, origin, path, offer, state, reservedAtMs, labels, job }: Purchase): ToolOutput {
  return {
    purchase: id,
    at: new Date(reservedAtMs).toISOString(),
    url: `${origin}${path}`,
    cost: amountWords(offer),
    state,
    ...(labels.model ? { model: labels.model } : {}),
    ...(job ? { job } : {})
  }
}
