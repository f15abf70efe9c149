import { formatUsdc } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import type { McpContext } from './context.js'
import type { Facts } from './tool-result.js'

/** A call that failed, and what the ledger has of it. */
export class FailedCall extends Error {
  override readonly name = 'FailedCall'
  /** Decimal USDC. */
  readonly spent: string
  readonly job: string | undefined

  constructor(cause: unknown, { spent, job }: Pick<FailedCall, 'spent' | 'job'>) {
    super('The call failed', { cause })
    this.spent = spent
    this.job = job
  }
}

/**
 * Runs what may spend, with labels by which that is found again, and tells what it spent and what is left.
 *
 * @throws {FailedCall}
 */
export async function spending(
  context: McpContext,
  run: (labels: Readonly<Record<string, string>>) => Promise<Facts>
): Promise<Facts> {
  const { clock, newId } = context
  const labels = { agent: 'mcp', call: newId() }
  // The clocks of ledger and context may be two.
  const fromMs = clock.nowMs() - 60_000
  try {
    const value = await run(labels)
    // What was bought is told also when the ledger cannot be read after it.
    const report = await reportOn(context, labels.call, fromMs).catch(() => undefined)
    return { ...value, ...report }
  } catch (error) {
    const bought = await boughtBy(context, labels.call, fromMs).catch(() => undefined)
    throw new FailedCall(error, bought ?? { spent: 'unknown', job: undefined })
  }
}

async function reportOn(context: McpContext, call: string, fromMs: number): Promise<Facts> {
  const { spent } = await boughtBy(context, call, fromMs)
  return { spent: `${spent} USDC`, left: await leftOf(context) }
}

async function boughtBy(
  { ledger }: McpContext,
  call: string,
  fromMs: number
): Promise<Pick<FailedCall, 'spent' | 'job'>> {
  let [spent, named]: [bigint, string | undefined] = [0n, undefined]
  for await (const { offer, state, job } of ledger.history({ labels: { call }, fromMs })) {
    if (state === 'released' || state === 'dead') continue
    spent += offer.cost
    named ??= job
  }
  return { spent: formatUsdc(spent), job: named }
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
