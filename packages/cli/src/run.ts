import { bursarErrorOf } from '@bursar/core'
import { Command, CommanderError } from 'commander'
import { addBooks } from './commands/books.js'
import { addJobs } from './commands/jobs.js'
import { addPayments } from './commands/payments.js'
import { addServers } from './commands/servers.js'
import { addServices } from './commands/services.js'
import { addWallets } from './commands/wallets.js'
import { exitCodeHelp, exitCodeOf, exitCodes } from './exit-code.js'
import type { Io } from './io.js'

const examples = `
Examples:
  bursar wallet create
  bursar limits set payment=0.25 day=5.00
  bursar doctor https://api.example/report
  bursar pay https://api.example/report --max-amount 0.05 -o report.json
  bursar pay https://api.example/search -d '{"q":"mugs"}' --name invoice-42
  bursar image "A lighthouse" -o out/
  bursar history --days 7 --csv
${exitCodeHelp}

Accounts come from EVM_PRIVATE_KEY and SVM_PRIVATE_KEY, else from the wallet;
endpoints from BURSAR_RPC_BASE and BURSAR_RPC_SOLANA. Keys, record and limits
are in $BURSAR_HOME.`

/**
 * Runs one command line, without the program's name. What a verb needs is loaded when it is called.
 *
 * @returns the exit code.
 */
export async function run(argv: readonly string[], io: Io, version: string): Promise<number> {
  let code: number = exitCodes.done
  const env = { ...io.env }
  const end = (told: number): void => {
    code = told
  }
  try {
    await programFor({ ...io, env }, version, end, env).parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    io.tell(`${wordsOf(error)}\n`)
    return exitCodeOf(error)
  }
}

function wordsOf(error: unknown): string {
  const ours = bursarErrorOf(error)
  if (ours) return `${ours.code}: ${ours.message}`
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

/**
 * @param end is told an exit code other than 0 of a command that came to its end.
 * @param env takes what the options before a verb say, where every verb finds it.
 */
function programFor(
  io: Io,
  version: string,
  end: (code: number) => void,
  env: Record<string, string | undefined>
): Command {
  const program = new Command('bursar')
    .description('Pays for what is used over HTTP: once, within a limit, with a record.')
    .version(version, '-V, --version')
    .option('--wallet <name>', 'the wallet that pays; default: bursar wallet default, or the only one')
    .option('--passphrase-fd <number>', 'reads its passphrase from a file descriptor')
    .option('--keychain', 'takes its passphrase from the keychain of the system')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.tell(text) })
  program.hook('preSubcommand', (_, command) => {
    const { wallet, passphraseFd, keychain } = program.opts<GlobalOptions>()
    if (wallet !== undefined) env.BURSAR_WALLET = wallet
    if (passphraseFd !== undefined) env.BURSAR_PASSPHRASE_FD = passphraseFd
    if (keychain) env.BURSAR_KEYCHAIN = '1'
    command.exitOverride()
  })
  addWallets(program, io)
  addPayments(program, io, end)
  addServices(program, io)
  addJobs(program, io)
  addServers(program, io, version, end)
  addBooks(program, io)
  return program
}

/** Options before a verb. */
interface GlobalOptions {
  readonly wallet?: string
  readonly passphraseFd?: string
  readonly keychain?: boolean
}
