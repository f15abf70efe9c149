import type { Command } from 'commander'
import type { GetContext } from '../context.js'

/** Verbs that say something about Bursar itself. */
export function addInfoCommands(program: Command, context: GetContext): void {
  program
    .command('explain [code]')
    .description('say what an error code means and what to do; without a code, list them all')
    .action(async (code) => (await import('../verbs/explain.js')).explain(context(), code))
  program
    .command('version')
    .description('print the version')
    .action(() => context().out(`${context().version}\n`))
}
