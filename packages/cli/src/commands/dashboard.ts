import { type Command, InvalidArgumentError } from 'commander'
import type { GetContext } from '../context.js'
import { parsePort } from '../options/parse-option.js'

/** What is looked at in a browser. */
export function addDashboardCommands(program: Command, context: GetContext): void {
  program
    .command('dashboard')
    .description('show balances, spending, limits, open payments and jobs on a page; freeze and thaw there')
    .option('--port <port>', 'on 127.0.0.1; 0 for any free one', parsePort, 8404)
    .option('--json', 'the link, for programs')
    .action(async (options) => (await import('../verbs/dashboard.js')).dashboard(context(), options))
  program
    .command('report')
    .description('write the same page as one file, which needs no server')
    .option('--html <file>', 'where it is written')
    .option('--from <day>', 'the first day in UTC, such as 2026-11-01; default: thirty days ago', parseDay)
    .option('--to <day>', 'the last day; default: today', parseDay)
    .option('--force', 'replace a file that is there')
    .option('--json', 'what it shows, but for balances, for programs')
    .action(async (options) => (await import('../verbs/report.js')).report(context(), options))
}

/** Reads a day. @returns its beginning in UTC, in Unix milliseconds. */
function parseDay(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (new Date(ms).toJSON()?.startsWith(text)) return ms
  throw new InvalidArgumentError('A day is written as 2026-11-01.')
}
