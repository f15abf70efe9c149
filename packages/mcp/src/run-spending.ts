import { formatUsdc } from '@bursar/core'
import type { McpContext } from './context.js'
import { type Bought, FailedCall } from './failed-call.js'
import { limitsLeft } from './limits-left.js'
import type { ToolOutput } from './tool-output.js'

/** Labels by which the purchases of one call are found again. */
export interface CallLabels {
  readonly [label: string]: string
  readonly agent: 'mcp'
  readonly call: string
}

/** The ledger's clock and the context's may be two. */
const CLOCK_MARGIN_MS = 60_000

/**
 * Runs a tool that may spend, and adds what it spent and what is left.
 *
 * @throws {FailedCall} with what the ledger has of it.
 */
export async function runSpending(
  context: McpContext,
  run: (labels: CallLabels) => Promise<ToolOutput>
): Promise<ToolOutput> {
  const labels: CallLabels = { agent: 'mcp', call: context.newId() }
  const fromMs = context.clock.nowMs() - CLOCK_MARGIN_MS
  try {
    const output = await run(labels)
    // The bought result is returned even if the ledger cannot be read afterwards.
    const report = await reportOn(context, labels.call, fromMs).catch(() => undefined)
    return { ...output, ...report }
  } catch (error) {
    const bought = await boughtBy(context, labels.call, fromMs).catch(() => undefined)
    throw new FailedCall(error, bought ?? { spent: undefined, job: undefined })
  }
}

async function reportOn(context: McpContext, call: string, fromMs: number): Promise<ToolOutput> {
  const { spent } = await boughtBy(context, call, fromMs)
  return { spent: `${spent} USDC`, left: await limitsLeft(context) }
}

async function boughtBy({ ledger }: McpContext, call: string, fromMs: number): Promise<Bought> {
  let spentAtomic = 0n
  let firstJob: string | undefined
  for await (const { offer, state, job } of ledger.history({ labels: { call }, fromMs })) {
    if (state === 'released' || state === 'dead') continue
    spentAtomic += offer.cost
    firstJob ??= job
  }
  return { spent: formatUsdc(spentAtomic), job: firstJob }
}
