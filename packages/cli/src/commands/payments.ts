import type { Command } from 'commander'
import { gather } from '../gather.js'
import type { Io } from '../io.js'

/** What pays, and what tells what paying would do. @param end is told the exit code. */
export function addPayments(program: Command, io: Io, end: (code: number) => void): void {
  requestOptions(program.command('pay <url>'))
    .description('sends a request and pays for its answer')
    .option('-o, --output <file>', 'writes the body to a file')
    .option('-i, --include', 'writes status and headers before the body')
    .option('--name <name>', 'buys it once under this name, whatever happens')
    .action(async (url, options) => end(await (await import('../verbs/pay.js')).pay(io, url, options)))
  requestOptions(program.command('quote <url>'))
    .description('tells what a request costs and what would refuse it, and pays nothing')
    .action(async (url, options) => (await import('../verbs/quote.js')).quote(io, url, options))
  program
    .command('balance')
    .description('tells USDC and gas of every account')
    .option('--json', 'for programs')
    .action(async (options) => (await import('../verbs/balance.js')).balance(io, options))
  program
    .command('doctor [url]')
    .description('looks at keys, chains, limits and record, and at what a URL asks; pays nothing')
    .option('--json', 'for programs')
    .action(async (url, options) => end(await (await import('../verbs/doctor.js')).doctor(io, url, options)))
  const limits = program.command('limits').description('the limits that every command keeps to')
  limits
    .command('show', { isDefault: true })
    .option('--json', 'for programs')
    .action(async (options) => (await import('../verbs/limits.js')).showLimits(io, options))
  limits
    .command('set <name=amount...>')
    .description('payment, minute, hour, day, week, month, total; an empty amount takes one away')
    .action(async (changes) => (await import('../verbs/limits.js')).setLimits(io, changes))
}

function requestOptions(command: Command): Command {
  return command
    .option('-X, --request <method>', 'default: GET, and POST with a body')
    .option('-H, --header <header>', 'such as "Accept: text/csv"; any number', gather)
    .option('-d, --data <text>', 'the body, or @file; JSON where it looks so')
    .option('--data-binary <bytes>', 'the body as it is, or @file')
    .option('-F, --form <field>', 'name=value or name=@file; any number', gather)
    .option('--max-amount <usdc>', 'the most that it may cost, such as 0.25; needed where no limit is set')
    .option('--json', 'for programs')
}
