import { type Command, Option } from 'commander'
import type { GetContext } from '../context.js'
import { collect } from '../options/collect.js'
import { networkNamed } from '../options/network-names.js'
import { parseCount, parseDays } from '../options/parse-option.js'
import { parseTime } from '../options/parse-time.js'
import { stateNames } from '../options/state-names.js'
import { addTestnet, checked } from './network-options.js'

/** What was bought: each purchase, one of them in full, and their sums. */
export function addHistoryCommands(program: Command, context: GetContext): void {
  addHistoryOptions(program.command('history'))
    .description('list what was bought, newest first')
    .option('--by <key=value>', 'agent, model, host, network, payer or label:NAME; any number', collect)
    .option('--csv', 'as CSV')
    .action(async (options) => (await import('../verbs/history.js')).history(context(), options))
  program
    .command('show <id>')
    .description('show all that is known of one purchase, and what to do; the beginning of its id will do')
    .option('--json', 'for programs')
    .action(async (id, options) => (await import('../verbs/show.js')).show(context(), id, options))
  addHistoryOptions(program.command('totals'))
    .description('add up what was spent')
    .option(
      '--by <what>',
      'day, week, month, host, network, payer, model, agent or label:NAME; several such as agent,day',
      'day'
    )
    .action(async (options) => (await import('../verbs/totals.js')).showTotals(context(), options))
}

function addHistoryOptions(command: Command): Command {
  return addTestnet(command)
    .option('--days <count>', 'of the last days only', parseDays)
    .option('--from <time>', 'a date such as 2026-11-01, or "2026-11-01 14:05": from then on', aTime)
    .option('--to <time>', 'the last date, or the time at which it ends', aTime)
    .addOption(new Option('--state <state>', 'in this state only').choices(stateNames))
    .option('--limit <count>', 'the newest of them only', parseCount)
    .option('--host <host>', 'to this host only')
    .option('--network <name>', 'on this network only', checked(networkNamed))
    .option('--payer <address>', 'by this address only')
    .option('--label <name=value>', 'with this label only; any number', collect)
    .option('--json', 'for programs')
}

/** The text itself: the time zone that it is read in is an option, too. */
const aTime = checked((text) => parseTime(text, { timeZone: 'UTC', edge: 'start' }))
