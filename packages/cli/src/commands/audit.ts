import type { Command } from 'commander'
import type { GetContext } from '../context.js'
import { parseDays } from '../options/parse-option.js'
import { addHistoryCommands } from './history.js'
import { addNetworks } from './network-options.js'

/** The record, and what can be done about it. */
export function addAuditCommands(program: Command, context: GetContext): void {
  addHistoryCommands(program, context)
  const verbs = () => import('../verbs/outstanding.js')
  program
    .command('outstanding')
    .description('list every payment that could still settle')
    .option('--json', 'for programs: one line each')
    .action(async (options) => (await verbs()).outstanding(context(), options))
  addNetworks(program.command('recover'))
    .description('ask the chains what became of every unresolved payment')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).recover(context(), options))
  addReconcileCommands(program, context)
  program
    .command('freeze <reason>')
    .description('stop every payment of every process on this ledger')
    .option('--json', 'for programs')
    .action(async (reason, options) => (await verbs()).freeze(context(), reason, options))
  program
    .command('thaw')
    .description('let payments go on')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).thaw(context(), options))
}

function addReconcileCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/reconcile.js')
  addNetworks(program.command('reconcile'))
    .description('compare the record with the chains; exit code 6 when they do not agree')
    .option(
      '--days <count>',
      'of the last days; default: 1, and of a restored record all since its backup',
      parseDays
    )
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).reconcile(context(), options))
  addNetworks(program.command('cancel <purchase>'))
    .description('cancel a payment that is in flight (EVM; the account pays the gas)')
    .option('--json', 'for programs')
    .action(async (id, options) => (await verbs()).cancel(context(), id, options))
}
