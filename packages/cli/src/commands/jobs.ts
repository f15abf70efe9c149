import type { Command } from 'commander'
import type { GetContext } from '../context.js'
import { parseDays } from '../options/parse-option.js'

/** What takes longer than a command. */
export function addJobCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/jobs.js')
  const jobs = program
    .command('jobs')
    .description('images and videos that are being generated, or were: list, resume')
  jobs
    .command('list', { isDefault: true })
    .allowExcessArguments()
    .description('what a command was cut off from, and what was bought')
    .option('--days <count>', 'of the last days', parseDays, 7)
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).listJobs(context(), options))
  jobs
    .command('resume <job>')
    .description('wait for a job of Katana, and save what it made')
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('-o, --output <folder>', 'where it is saved', '.')
    .option('--json', 'for programs')
    .action(async (job, options) => (await verbs()).resumeJob(context(), job, options))
}
