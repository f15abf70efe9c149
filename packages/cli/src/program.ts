import type { Rates } from '@bursar/core'
import type { PolicyLayer, Setting } from '@bursar/policy'
import { Command } from 'commander'
import { addAuditCommands } from './commands/audit.js'
import { addDashboardCommands } from './commands/dashboard.js'
import { describeOption } from './commands/describe-option.js'
import { addInfoCommands } from './commands/info.js'
import { addJobCommands } from './commands/jobs.js'
import { addLedgerCommands } from './commands/ledger.js'
import { addLimitCommands } from './commands/limits.js'
import { type NetworkFlags, networkVariables } from './commands/network-options.js'
import { addPaymentCommands } from './commands/payments.js'
import { addPolicyCommands } from './commands/policy.js'
import { addServerCommands } from './commands/servers.js'
import { addServiceCommands } from './commands/services.js'
import { addUnlockCommands } from './commands/unlock.js'
import { addWalletCommands } from './commands/wallets.js'
import { addWatchCommand } from './commands/watch.js'
import type { CommandContext, GetContext, Progress } from './context.js'
import { exitHelp } from './contract/exit-texts.js'
import { isLineVerb } from './contract/line-verbs.js'
import { misplacedHint } from './contract/misplaced-option.js'
import { assertVerb } from './contract/unknown-verb.js'
import { addExitCodes, verbName } from './contract/verbs-of.js'
import { dataFolder } from './files/data-folder.js'
import type { Env, Io } from './io.js'
import { assertNoneEmpty } from './options/assert-none-empty.js'
import { collect } from './options/collect.js'
import { parseDescriptor } from './options/parse-option.js'
import { collectRate, rateHelp } from './options/rates.js'
import { networkLayers } from './policy/network-layers.js'
import { keepWasmPlain } from './process/plain-wasm.js'
import { usesColor } from './text/color.js'
import { wrapText } from './text/wrap-text.js'
import { checkUsage, UsageError } from './usage-error.js'
import { Passphrases } from './wallet/passphrase.js'

const help = `
Examples:
  bursar wallet create
  bursar limits set payment=0.25 day=5.00
  bursar doctor https://api.example/report
  bursar pay https://api.example/report --max-amount 0.05 -o report.json
  bursar pay https://api.example/search -d '{"q":"mugs"}' --name invoice-42
  bursar image "A lighthouse" -o out/
  bursar history --days 7 --csv
${exitHelp()}

Accounts come from EVM_PRIVATE_KEY and SVM_PRIVATE_KEY, else from the wallet;
endpoints from BURSAR_RPC_BASE, BURSAR_RPC_SOLANA, BURSAR_RPC_BASE_SEPOLIA
and so on, as --rpc; networks from BURSAR_NETWORK, BURSAR_PREFER and
BURSAR_TESTNET, as --network, --prefer and --testnet; rates of tokens that are
no dollars from BURSAR_RATES, as --rate. Keys, record and policy are in
$BURSAR_HOME; BURSAR_POLICY names another policy. See: bursar policy show`

/** Builds the command. @param progress receives what happens while it runs. */
export function createProgram(io: Io, version: string, progress: Progress): Command {
  const program = new Command('bursar')
    .description('Pays for what is used over HTTP: once, within a limit, with a record.')
    .version(version, '-V, --version')
    .option('--wallet <name>', 'the wallet that pays; default: bursar wallet default')
    .option('--passphrase-fd <number>', 'read its passphrase from a file descriptor', parseDescriptor)
    .option('--passphrase-file <file>', 'read its passphrase from a file that is for you alone (mode 600)')
    .option('--keychain', 'take its passphrase from the keychain of the system')
    .option('--policy <file>', 'the file of what may be paid; default: policy.json or .yaml in $BURSAR_HOME')
    .option(
      '--set <name=value>',
      'any setting of the policy, such as limits.day=5.00, for this command; any number',
      collect
    )
    .option('--rate <symbol=usd>', rateHelp, collectRate)
    .option('--utc', 'times in UTC, instead of the time zone of the terminal')
    .option('--no-color', 'no colours; as NO_COLOR')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .option('--verbose', 'say on standard error which files and hosts are used, and how long that takes')
    .addHelpText('after', help)
    .configureHelp({ minWidthToWrap: 20, optionDescription: describeOption })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(wrapText(text, io.errColumns)),
      outputError: (text, write) => write(text + misplacedHint(program, text)),
      getOutHelpWidth: () => io.columns ?? HELP_COLUMNS
    })
  let context: CommandContext | undefined
  const getContext: GetContext = () => {
    context ??= createContext(io, { version, progress, options: program.opts() })
    progress.policyContext = context
    return context
  }
  for (const add of groups) add(program, getContext)
  addExitCodes(program)
  program.hook('preAction', async (_, action) => {
    assertNoneEmpty(action)
    const verb = verbName(action)
    Object.assign(progress, { verb, jsonForm: isLineVerb(verb) ? 'lines' : 'document' })
    assertVerb(action)
    keepWasmPlain(verb)
    const { set, verbose } = program.opts<GlobalOptions>()
    if (set) program.setOptionValue('settings', await readSettings(set))
    if (verbose) progress.atEnd = (await import('./process/verbose.js')).startVerbose(getContext())
  })
  return program
}

/** Where no terminal says how wide it is. */
const HELP_COLUMNS = 80

/** In the order of the help. */
const groups = [
  addWalletCommands,
  addUnlockCommands,
  addPaymentCommands,
  addLimitCommands,
  addPolicyCommands,
  addServiceCommands,
  addJobCommands,
  addServerCommands,
  addAuditCommands,
  addDashboardCommands,
  addWatchCommand,
  addLedgerCommands,
  addInfoCommands
]

/** Options before the verb. */
interface GlobalOptions {
  readonly wallet?: string
  readonly passphraseFd?: string
  readonly passphraseFile?: string
  readonly keychain?: boolean
  readonly rate?: Rates
  readonly policy?: string
  readonly set?: readonly string[]
  readonly utc?: boolean
  readonly color: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  /** What `set` says. */
  readonly settings?: readonly Setting[]
  /** Set by the options of the verb. */
  readonly networks?: NetworkFlags
}

function createContext(
  io: Io,
  {
    version,
    progress,
    options
  }: Pick<CommandContext, 'version' | 'progress'> & { readonly options: GlobalOptions }
): CommandContext {
  const env: Env = {
    ...io.env,
    ...(options.wallet === undefined ? {} : { BURSAR_WALLET: options.wallet }),
    ...(options.passphraseFd === undefined ? {} : { BURSAR_PASSPHRASE_FD: options.passphraseFd }),
    ...(options.passphraseFile === undefined ? {} : { BURSAR_PASSPHRASE_FILE: options.passphraseFile }),
    ...(options.keychain ? { BURSAR_KEYCHAIN: '1' } : {}),
    ...(options.policy === undefined ? {} : { BURSAR_POLICY: assertNamed(options.policy) }),
    ...networkVariables(options.networks ?? {})
  }
  checkUsage(() => dataFolder(env))
  const warn = (text: string): void => io.err(wrapText(text, io.errColumns))
  const own = { ...io, env, err: options.quiet ? () => {} : warn }
  return {
    ...own,
    warn,
    version,
    progress,
    passphrases: new Passphrases(own),
    color: usesColor(env, { isTerminal: io.columns !== undefined, isAllowed: options.color }),
    // Where no time is read or written, it is not asked for: that alone takes 10 ms.
    get timeZone() {
      return options.utc ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone
    },
    flagLayers: programLayers(options)
  }
}

/** Reads `--set`. The policy is loaded only where something is said of it. @throws {UsageError} */
async function readSettings(texts: readonly string[]): Promise<readonly Setting[]> {
  const { parseSetting } = await import('@bursar/policy')
  return checkUsage(() => texts.map(parseSetting))
}

/** A file that is not named after all, such as by a variable that is not set, is not the usual one. @throws {UsageError} */
function assertNamed(path: string): string {
  if (path !== '') return path
  throw new UsageError('--policy needs the name of a file')
}

/** What the options before the verb say of the policy. */
function programLayers({ settings = [], rate = {}, networks = {} }: GlobalOptions): readonly PolicyLayer[] {
  const rates = Object.entries(rate).map(([symbol, value]) => ({ path: ['rates', symbol], value }))
  return [
    { source: 'flag', name: '--set', settings: settings.toReversed() },
    { source: 'flag', name: '--rate', settings: rates },
    ...networkLayers('flag', networkVariables(networks))
  ]
}
