import type { Command } from 'commander'
import type { GetContext } from '../context.js'
import { parseDays } from '../options/parse-option.js'

/** The file of the record. */
export function addLedgerCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/ledger-file.js')
  program
    .command('backup <file>')
    .description(
      'copy the record whole, while it is in use; a copy that is put in its place pays after bursar reconcile'
    )
    .option('--json', 'for programs')
    .action(async (file, options) => (await verbs()).backup(context(), file, options))
  program
    .command('prune')
    .description('forget what is over for longer; what limits have spent, names and pinned payees stay')
    .option(
      '--days <count>',
      'for how long everything is kept; 62 or more; default: retention.days',
      parseDays
    )
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).prune(context(), options))
}
