import { formatUsdc } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import type { McpContext } from './context.js'
import type { Facts } from './tool-result.js'

/** Runs what may spend, with labels by which that is found again, and tells what it spent and what is left. */
export async function spending(
  context: McpContext,
  run: (labels: Readonly<Record<string, string>>) => Promise<Facts>
): Promise<Facts> {
  const { ledger, clock, newId } = context
  const labels = { agent: 'mcp', call: newId() }
  // The clocks of ledger and context may be two.
  const fromMs = clock.nowMs() - 60_000
  const value = await run(labels)
  let spent = 0n
  for await (const { offer, state } of ledger.history({ labels: { call: labels.call }, fromMs }))
    if (state !== 'released' && state !== 'dead') spent += offer.cost
  return { ...value, spent: `${formatUsdc(spent)} USDC`, left: await leftOf(context) }
}

/** What is left of each limit. */
export async function leftOf({ ledger, limits }: McpContext): Promise<Readonly<Record<string, string>>> {
  const rows = await readSpending(ledger, limits)
  return {
    'each payment': `at most ${text(limits.payment)} USDC`,
    ...Object.fromEntries(
      rows.map(({ name, left, limit }) => [name, `${formatUsdc(left)} of ${formatUsdc(limit)} USDC`])
    )
  }
}

function text(amount: McpContext['limits']['payment']): string {
  return typeof amount === 'string' ? amount : formatUsdc(amount)
}
