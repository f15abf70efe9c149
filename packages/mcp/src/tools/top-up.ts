import type { CallRun } from '../calls/call-run.js'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'

/** Puts USDC on the prepaid balance, within the limits of every payment. */
export async function topUp({ katana }: McpContext, usdc: string, { keep }: CallRun): Promise<ToolOutput> {
  const { credited, paid, balance, transaction } = await katana.balance.topUp(usdc)
  const output = {
    credited: `${credited} USDC`,
    // The purchase is one of the balance's own, so that the call's labels do not find it.
    spent: `${paid} USDC`,
    ...(balance === undefined ? {} : { balance: `${balance} USDC` }),
    ...(transaction === undefined ? {} : { transaction })
  }
  await keep(output)
  return output
}
