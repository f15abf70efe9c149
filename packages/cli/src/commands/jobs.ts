import type { Command } from 'commander'
import type { Io } from '../io.js'

/** What takes longer than a command. */
export function addJobs(program: Command, io: Io): void {
  const verbs = () => import('../verbs/jobs.js')
  const jobs = program
    .command('jobs')
    .description('pictures and films that are being made, or were: list, resume')
  jobs.hook('preSubcommand', (_, command) => void command.exitOverride())
  jobs
    .command('list', { isDefault: true })
    .description('what a command was cut off from, and what was bought')
    .option('--days <count>', 'of the last days', '7')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).listJobs(io, options))
  jobs
    .command('resume <job>')
    .description('takes a job of Katana up, and saves what it made')
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('-o, --output <folder>', 'where it is saved', '.')
    .action(async (job, options) => (await verbs()).resumeJob(io, job, options))
}
