import type { Command } from 'commander'
import type { GetContext } from '../context.js'

/** The limits that every command obeys. */
export function addLimitCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/limits.js')
  const limits = program
    .command('limits')
    .description('the limits that every command obeys: show, set, unset')
  limits
    .command('show', { isDefault: true })
    .allowExcessArguments()
    .description('show them, and what is left of them')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).showLimits(context(), options))
  limits
    .command('set <name=amount...>')
    .description('set payment, minute, hour, day, week, month or total, in dollars, such as day=5.00')
    .option('--json', 'for programs')
    .action(async (changes, options) => (await verbs()).setLimits(context(), changes, options))
  limits
    .command('unset <name...>')
    .description(
      'remove limits by their names, such as day; without payment, each payment needs --max-amount'
    )
    .option('--json', 'for programs')
    .action(async (names, options) => (await verbs()).unsetLimits(context(), names, options))
}
