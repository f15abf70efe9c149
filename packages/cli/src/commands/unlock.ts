import { type Command, Option } from 'commander'
import type { GetContext } from '../context.js'
import { parseDuration } from '../options/duration.js'

const DEFAULT_MS = 15 * 60_000

/** What opens a wallet for a time. */
export function addUnlockCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/unlock.js')
  program
    .command('unlock [wallet]')
    .description('hold what opens a wallet in memory for a time, so that no command asks for its passphrase')
    .addOption(
      new Option('--for <time>', 'such as 90s, 15m or 8h').argParser(parseDuration).default(DEFAULT_MS, '15m')
    )
    .option('--json', 'for programs')
    .action(async (wallet, options) => (await verbs()).unlock(context(), wallet, options))
  program
    .command('lock')
    .description('end that at once')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).lock(context(), options))
}
