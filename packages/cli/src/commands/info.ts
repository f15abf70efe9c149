import { Argument, type Command } from 'commander'
import { shells } from '../completion/shell-scripts.js'
import type { GetContext } from '../context.js'

/** Verbs that say something about Bursar itself. */
export function addInfoCommands(program: Command, context: GetContext): void {
  program
    .command('help [verb...]')
    .description('show the help of a verb; with --man, the manual page of all: bursar help --man | man -l -')
    .option('--man', 'the manual page, as man -l - and mandoc read it')
    .option('--json', 'for programs')
    .action(async (verb, options) =>
      (await import('../verbs/help.js')).showHelp(context(), { program, verb }, options)
    )
  program
    .command('explain [code]')
    .description('say what an error code means and what to do; without a code, list them all')
    .option('--json', 'for programs')
    .action(async (code, options) => (await import('../verbs/explain.js')).explain(context(), code, options))
  program
    .command('exit-codes [verb...]')
    .description('say what exit codes mean: all, or those of one verb')
    .option('--json', 'for programs')
    .action(async (verb, options) =>
      (await import('../verbs/exit-codes.js')).showExitCodes(context(), verb, options)
    )
  program
    .command('schema [verb...]')
    .description('print the JSON Schema of what a verb prints with --json; without a verb, list them')
    .option('--json', 'on one line')
    .action(async (verb, options) =>
      (await import('../verbs/schema.js')).showSchema(context(), verb, options)
    )
  program
    .command('completion')
    .description(
      'print what bash, zsh or fish needs to complete bursar; with -- WORDS, what the last of them can be'
    )
    .addArgument(new Argument('<shell>').choices(shells))
    .argument('[word...]')
    .option('--json', 'for programs')
    .action(async (shell, words, options) =>
      (await import('../verbs/completion.js')).completion(context(), { program, shell, words }, options)
    )
  program
    .command('version')
    .description('print the version')
    .option('--json', 'for programs')
    .action(({ json }) => {
      const { out, version } = context()
      out(`${json ? JSON.stringify({ version }) : version}\n`)
    })
}
