import { once } from 'node:events'
import type { RunningDashboard } from '@bursar/dashboard'
import { readShownBalances } from '../accounts/shown-balances.js'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { savedFilesOf } from '../files/saved-files.js'
import { commandPolicy } from '../policy/command-policy.js'
import { localNetworks } from '../policy/local-networks.js'
import { untilInterrupted } from '../process/until-interrupted.js'

/** The options of `dashboard`. */
export interface DashboardVerbOptions {
  readonly port: number
  readonly json?: boolean
}

/** Serves a page that shows the record, until it is interrupted. */
export async function dashboard(
  context: CommandContext,
  { port, json }: DashboardVerbOptions
): Promise<void> {
  const { startDashboard } = await import('@bursar/dashboard')
  await untilInterrupted(context.progress, (interrupted) =>
    withLedger(context, async (ledger) => {
      // A page whose record cannot be used is not served.
      await ledger.status()
      const running = await startDashboard({
        ledger,
        limits: () => commandPolicy(context).policy.limits,
        local: localNetworks(context),
        files: savedFilesOf(context.env),
        balances: () => readShownBalances(context),
        port,
        onLink: (link) => context.err(`A browser was let in. For another one: ${link}\n`)
      })
      showLink(context, running, json)
      try {
        if (!interrupted.aborted) await once(interrupted, 'abort')
      } finally {
        await running.stop()
      }
    })
  )
}

function showLink({ out, err }: CommandContext, { link }: RunningDashboard, json = false): void {
  out(json ? `${JSON.stringify({ url: link })}\n` : `${link}\n`)
  err('Open this link in a browser on this machine. It lets one in, once. Ctrl-C ends the page.\n')
}
