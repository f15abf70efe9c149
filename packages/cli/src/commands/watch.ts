import type { Command } from 'commander'
import type { GetContext } from '../context.js'
import { parseCount } from '../options/parse-option.js'

/** What is paid, while it is. */
export function addWatchCommand(program: Command, context: GetContext): void {
  program
    .command('watch')
    .description('print what every process on this record pays, until it is interrupted')
    .option('--every <seconds>', 'between two looks at the record', parseCount, 1)
    .option('--notify', 'tell the webhook of the policy')
    .option('--json', 'for programs: one line each')
    .action(async (options) => (await import('../verbs/watch.js')).watch(context(), options))
}
