import type { Command } from 'commander'
import { gather } from '../gather.js'
import type { Io } from '../io.js'

/** The record, and what is done about it. */
export function addBooks(program: Command, io: Io): void {
  const books = () => import('../verbs/books.js')
  historyOptions(program.command('history'))
    .description('lists what was bought, newest first')
    .option('--csv', 'as CSV')
    .action(async (options) => (await books()).history(io, options))
  historyOptions(program.command('totals'))
    .description('adds up what was spent')
    .option('--by <what>', 'day (UTC), host, network or label:NAME', 'day')
    .action(async (options) => (await books()).showTotals(io, options))
  program
    .command('outstanding')
    .description('lists every payment that could still settle')
    .option('--json', 'for programs: a line each')
    .action(async (options) => (await books()).outstanding(io, options))
  program
    .command('recover')
    .description('asks the chain what became of everything that is unresolved')
    .option('--json', 'for programs')
    .action(async (options) => (await books()).recover(io, options))
  program
    .command('reconcile')
    .description('holds the record against the chains')
    .option('--days <count>', 'of the last days', '1')
    .option('--json', 'for programs')
    .action(async (options) => (await import('../verbs/reconcile.js')).reconcile(io, options))
  program
    .command('cancel <purchase>')
    .description('makes a payment that is out void (EVM; the account pays the gas)')
    .option('--json', 'for programs')
    .action(async (id, options) => (await import('../verbs/reconcile.js')).cancel(io, id, options))
  program
    .command('freeze <reason>')
    .description('stops every payment of every process on this ledger')
    .action(async (reason) => (await books()).freeze(io, reason))
  program
    .command('thaw')
    .description('lets payments go on')
    .action(async () => (await books()).freeze(io, undefined))
}

function historyOptions(command: Command): Command {
  return command
    .option('--days <count>', 'of the last days only')
    .option('--host <host>', 'to this host only')
    .option('--label <name=value>', 'with this label only; any number', gather)
    .option('--json', 'for programs')
}
