import { isBursarError } from '@bursar/core'
import { Command, CommanderError } from 'commander'
import { exitCodeHelp, exitCodeOf, exitCodes } from './exit-code.js'
import type { Io } from './io.js'

const examples = `
Examples:
  bursar limits set payment=0.25 day=5.00
  bursar quote https://kat.imgnai.com/v1/chat/completions -d '{"model":"qwen3-6-flash","prompt":"Hi"}'
  bursar pay https://api.example/report --max-amount 0.05 -o report.json
  bursar history --days 7 --csv
${exitCodeHelp}

Accounts come from EVM_PRIVATE_KEY and SVM_PRIVATE_KEY, the record from $BURSAR_HOME.`

/**
 * Runs one command line, without the program's name. What a verb needs is loaded when it is called.
 *
 * @returns the exit code.
 */
export async function run(argv: readonly string[], io: Io, version: string): Promise<number> {
  try {
    await programFor(io, version).parseAsync([...argv], { from: 'user' })
    return exitCodes.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    io.tell(`${wordsOf(error)}\n`)
    return exitCodeOf(error)
  }
}

function wordsOf(error: unknown): string {
  if (isBursarError(error)) return `${error.code}: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}

function programFor(io: Io, version: string): Command {
  const program = new Command('bursar')
    .description('Pays for what is used over HTTP: once, within a limit, with a record.')
    .version(version, '-V, --version')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.tell(text) })
  program.hook('preSubcommand', (_, command) => void command.exitOverride())
  addPayments(program, io)
  addBooks(program, io)
  return program
}

function addPayments(program: Command, io: Io): void {
  requestOptions(program.command('pay <url>'))
    .description('sends a request and pays for its answer')
    .option('-o, --output <file>', 'writes the body to a file')
    .option('-i, --include', 'writes status and headers before the body')
    .option('--name <name>', 'buys it once under this name, whatever happens')
    .action(async (url, options) => (await import('./verbs/pay.js')).pay(io, url, options))
  requestOptions(program.command('quote <url>'))
    .description('tells what a request costs and what would refuse it, and pays nothing')
    .action(async (url, options) => (await import('./verbs/quote.js')).quote(io, url, options))
  program
    .command('balance')
    .description('tells USDC and gas of every account')
    .option('--json', 'for programs')
    .action(async (options) => (await import('./verbs/balance.js')).balance(io, options))
  const limits = program.command('limits').description('the limits that every command keeps to')
  limits
    .command('show', { isDefault: true })
    .option('--json', 'for programs')
    .action(async (options) => (await import('./verbs/limits.js')).showLimits(io, options))
  limits
    .command('set <name=amount...>')
    .description('payment, minute, hour, day, week, month, total; an empty amount takes one away')
    .action(async (changes) => (await import('./verbs/limits.js')).setLimits(io, changes))
}

function addBooks(program: Command, io: Io): void {
  const books = () => import('./verbs/books.js')
  historyOptions(program.command('history'))
    .description('lists what was bought, newest first')
    .option('--csv', 'as CSV')
    .action(async (options) => (await books()).history(io, options))
  historyOptions(program.command('totals'))
    .description('adds up what was spent')
    .option('--by <what>', 'day, host, network or label:NAME', 'day')
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
    .command('freeze <reason>')
    .description('stops every payment of every process on this ledger')
    .action(async (reason) => (await books()).freeze(io, reason))
  program
    .command('thaw')
    .description('lets payments go on')
    .action(async () => (await books()).freeze(io, undefined))
}

function requestOptions(command: Command): Command {
  const gather = (value: string, before: string[]): string[] => [...before, value]
  return command
    .option('-X, --request <method>', 'default: GET, and POST with a body')
    .option('-H, --header <header>', 'such as "Accept: text/csv"; any number', gather, [])
    .option('-d, --data <text>', 'the body, or @file; JSON where it looks so')
    .option('--data-binary <bytes>', 'the body as it is, or @file')
    .option('-F, --form <field>', 'name=value or name=@file; any number', gather, [])
    .option('--max-amount <usdc>', 'the most that it may cost, such as 0.25; needed where no limit is set')
    .option('--json', 'for programs')
}

function historyOptions(command: Command): Command {
  const gather = (value: string, before: string[]): string[] => [...before, value]
  return command
    .option('--days <count>', 'of the last days only')
    .option('--host <host>', 'to this host only')
    .option('--label <name=value>', 'with this label only; any number', gather, [])
    .option('--json', 'for programs')
}
