import { isBursarError } from '@bursar/core'
import { Command, CommanderError } from 'commander'
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
  const told = { ...io.env }
  const within: Io = { ...io, env: told }
  const end = (told: number): void => {
    code = told
  }
  try {
    await programFor(within, version, end, told).parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    io.tell(`${wordsOf(error)}\n`)
    return exitCodeOf(error)
  }
}

function wordsOf(error: unknown): string {
  if (isBursarError(error)) return `${error.code}: ${error.message}`
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

function addWallets(program: Command, io: Io): void {
  const verbs = () => import('./verbs/wallet.js')
  const wallet = program
    .command('wallet')
    .description('keys, encrypted: create, import, list, show, export, default')
  wallet.hook('preSubcommand', (_, command) => void command.exitOverride())
  wallet
    .command('create [name]')
    .description('makes a wallet, and shows where it is paid')
    .option('--chain <name>', 'evm, solana or both', 'both')
    .option('--json', 'for programs: the addresses')
    .action(async (name = 'main', options) => (await verbs()).createWallet(io, name, options))
  wallet
    .command('import [name]')
    .description('takes in a key that exists; never from an argument, which others could see')
    .option('--file <file>', 'a key file of geth, ethers or bursar (version 3), or of solana-keygen')
    .option('--key-fd <number>', 'reads the key from a file descriptor')
    .action(async (name = 'main', options) => (await verbs()).importWallet(io, name, options))
  wallet
    .command('list', { isDefault: true })
    .description('names and addresses; * pays')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).listWallets(io, options))
  wallet
    .command('show [name]')
    .description('where a wallet is paid, with codes to scan')
    .option('--json', 'for programs: the addresses')
    .action(async (name, options) => (await verbs()).showWallet(io, name, options))
  wallet
    .command('export [name]')
    .description('writes a key file; --plain, the key itself')
    .requiredOption('--chain <name>', 'evm or solana')
    .option('--plain', 'not encrypted')
    .action(async (name, options) => (await verbs()).exportWallet(io, name, options))
  wallet
    .command('default <name>')
    .description('chooses the wallet that pays')
    .action(async (name) => (await verbs()).chooseWallet(io, name))
}

function addPayments(program: Command, io: Io, end: (code: number) => void): void {
  requestOptions(program.command('pay <url>'))
    .description('sends a request and pays for its answer')
    .option('-o, --output <file>', 'writes the body to a file')
    .option('-i, --include', 'writes status and headers before the body')
    .option('--name <name>', 'buys it once under this name, whatever happens')
    .action(async (url, options) => end(await (await import('./verbs/pay.js')).pay(io, url, options)))
  requestOptions(program.command('quote <url>'))
    .description('tells what a request costs and what would refuse it, and pays nothing')
    .action(async (url, options) => (await import('./verbs/quote.js')).quote(io, url, options))
  program
    .command('balance')
    .description('tells USDC and gas of every account')
    .option('--json', 'for programs')
    .action(async (options) => (await import('./verbs/balance.js')).balance(io, options))
  program
    .command('doctor [url]')
    .description('looks at keys, chains, limits and record, and at what a URL asks; pays nothing')
    .option('--json', 'for programs')
    .action(async (url, options) => end(await (await import('./verbs/doctor.js')).doctor(io, url, options)))
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

function addServices(program: Command, io: Io): void {
  const katana = () => import('./verbs/katana.js')
  const paid = (command: Command): Command =>
    command
      .option('--url <base>', 'where the service is, when not at its own address')
      .option('--max-amount <usdc>', 'the most that one payment may cost; needed where no limit is set')
      .option('--json', 'for programs')
  paid(program.command('topup <amount>'))
    .description('puts USDC on the prepaid balance at a service')
    .option('--service <name>', 'katana or venice', 'katana')
    .option('--network <name>', 'base or solana')
    .action(async (amount, options) => (await katana()).topUp(io, amount, options))
  paid(program.command('image <prompt>'))
    .description('has a picture made by imgnAI Katana, and saves it')
    .option('--model <name>', 'see bursar models image', 'gen')
    .option('--aspect-ratio <ratio>', 'such as 16:9', '1:1')
    .option('-o, --output <folder>', 'where it is saved', '.')
    .action(async (prompt, options) => (await katana()).image(io, prompt, options))
  program
    .command('resume <job>')
    .description('takes a job of Katana up, and saves what it made')
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('-o, --output <folder>', 'where it is saved', '.')
    .action(async (job, options) => (await katana()).resumeJob(io, job, options))
  program
    .command('env <program>')
    .description('what to export for Claude Code (claude) or SDKs (openai)')
    .option('--service <name>', 'openclaw, tokenhot or tokenhub', 'openclaw')
    .action(async (name, options) => (await import('./verbs/env.js')).settings(io, name, options))
  program
    .command('models [filter]')
    .description('lists what Katana sells, with prices: image, video, text, or a name')
    .option('--json', 'for programs')
    .action(async (filter, options) => (await import('./verbs/models.js')).models(io, filter, options))
}

function addServers(program: Command, io: Io, version: string, end: (code: number) => void): void {
  program
    .command('dev [command...]')
    .description('runs local chains with USDC, and every service; with -- COMMAND, for as long as that runs')
    .option('--network <name>', 'base, solana or all', 'all')
    .option('--port <port>', 'of the services; any free one without')
    .option('--funds <usdc>', 'in each wallet', '100')
    .option('--fork <rpc>', 'begins as Base stands at this endpoint')
    .option('--json', 'what is to be exported, for programs')
    .action(async (command, options) => end(await (await import('./verbs/dev.js')).dev(io, command, options)))
  program
    .command('proxy [command...]')
    .description('lets any OpenAI- or Anthropic-compatible program on this machine use a paid service')
    .option('--service <name>', 'katana, openclaw, tokenhot or tokenhub', 'katana')
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('--port <port>', 'of the proxy; 0 for any free one', '8402')
    .option(
      '--agent <name=limits>',
      'such as research=day:1.00,payment:0.05; any number, each with a token',
      gather
    )
    .option('--max-amount <usdc>', 'the most that one call may cost; needed where no limit is set')
    .option('--json', 'the tokens, for programs')
    .action(async (command, options) =>
      end(await (await import('./verbs/proxy.js')).proxy(io, command, options))
    )
  program
    .command('mcp')
    .description('serves tools to an agent host by the Model Context Protocol; limits are fixed here')
    .option(
      '--http',
      'over streamable HTTP on this machine, with a token, and not over standard input and output'
    )
    .option('--port <port>', 'with --http; 0 for any free one', '8403')
    .option('--max-amount <usdc>', 'the most that one payment may cost; needed where no limit is set')
    .option('--allow-host <host>', 'the only hosts that are paid, besides Katana; any number', gather)
    .option('--url <base>', 'where Katana is, when not at its own address')
    .option('-o, --output <folder>', 'where files are saved', 'bursar-files')
    .action(async (options) => (await import('./verbs/mcp.js')).mcp(io, version, options))
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
    .command('reconcile')
    .description('holds the record against the chains')
    .option('--days <count>', 'of the last days', '1')
    .option('--json', 'for programs')
    .action(async (options) => (await import('./verbs/reconcile.js')).reconcile(io, options))
  program
    .command('cancel <purchase>')
    .description('makes a payment that is out void (EVM; the account pays the gas)')
    .action(async (id) => (await import('./verbs/reconcile.js')).cancel(io, id))
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
  return command
    .option('-X, --request <method>', 'default: GET, and POST with a body')
    .option('-H, --header <header>', 'such as "Accept: text/csv"; any number', gather)
    .option('-d, --data <text>', 'the body, or @file; JSON where it looks so')
    .option('--data-binary <bytes>', 'the body as it is, or @file')
    .option('-F, --form <field>', 'name=value or name=@file; any number', gather)
    .option('--max-amount <usdc>', 'the most that it may cost, such as 0.25; needed where no limit is set')
    .option('--json', 'for programs')
}

function historyOptions(command: Command): Command {
  return command
    .option('--days <count>', 'of the last days only')
    .option('--host <host>', 'to this host only')
    .option('--label <name=value>', 'with this label only; any number', gather)
    .option('--json', 'for programs')
}

function gather(value: string, before: string[] = []): string[] {
  return [...before, value]
}
