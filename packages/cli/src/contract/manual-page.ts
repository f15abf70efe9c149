import type { Command } from 'commander'
import { describeOption } from '../commands/describe-option.js'
import { type ExitRow, exitRows } from './exit-texts.js'
import { exitsOf } from './verb-exits.js'
import { verbName, verbsOf } from './verbs-of.js'

/** The manual page, made of what the program itself declares. `man -l -` and mandoc read it. @see man(7) */
export function manualPage(program: Command): string {
  return [
    '.TH BURSAR 1 "" "Bursar" "User commands"',
    '.SH NAME',
    `bursar \\- ${firstLower(roff(program.description()))}`,
    '.SH SYNOPSIS',
    '.B bursar',
    '[options] \\fIverb\\fR [options] [arguments]',
    '.SH DESCRIPTION',
    'Each verb has a help of its own: \\fBbursar\\fR \\fIverb\\fR \\fB\\-\\-help\\fR.',
    'With \\fB\\-\\-json\\fR a verb prints JSON by the schema that \\fBbursar schema\\fR \\fIverb\\fR shows.',
    '.SH OPTIONS',
    'These stand before the verb.',
    ...optionsOf(program),
    '.SH VERBS',
    ...verbsOf(program).flatMap(verbPart),
    '.SH EXIT STATUS',
    ...exitRows().flatMap(exitItem),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([names, text]) => ['.TP', `\\fB${roff(names)}\\fR`, roff(text)]),
    '.SH FILES',
    '.TP',
    '.I $BURSAR_HOME/ledger.db',
    'The record of every purchase.',
    '.TP',
    '.I $BURSAR_HOME/policy.json',
    'What may be paid. \\fBbursar policy show\\fR says what holds and where it comes from.',
    '.TP',
    '.I $BURSAR_HOME/keys',
    'Encrypted keys.',
    ''
  ].join('\n')
}

const environment = [
  ['BURSAR_HOME', 'The folder of keys, record and policy.'],
  ['BURSAR_POLICY', 'Another file of the policy, as --policy.'],
  ['EVM_PRIVATE_KEY, SVM_PRIVATE_KEY', 'Accounts that pay in place of a wallet.'],
  ['BURSAR_WALLET', 'The wallet that pays, as --wallet.'],
  ['BURSAR_PASSPHRASE_FD, BURSAR_PASSPHRASE_FILE, BURSAR_KEYCHAIN', 'Where its passphrase is read.'],
  ['BURSAR_RPC_BASE, BURSAR_RPC_SOLANA, BURSAR_RPC_EIP155_137', 'Endpoints of networks, as --rpc.'],
  ['BURSAR_NETWORK, BURSAR_PREFER, BURSAR_TESTNET', 'As --network, --prefer and --testnet.'],
  ['BURSAR_RATES', 'Rates of tokens that are no dollars, as --rate.'],
  ['NO_COLOR, FORCE_COLOR', 'Whether there are colours.']
] as const

function verbPart(command: Command): readonly string[] {
  const usage = command.createHelp().commandUsage(command)
  return [
    `.SS ${roff(usage)}`,
    `${sentence(roff(command.description()))}`,
    ...optionsOf(command),
    '.PP',
    `Ends with ${exitRows(exitsOf(verbName(command)))
      .map(({ code }) => code)
      .join(', ')}.`
  ]
}

function optionsOf(command: Command): readonly string[] {
  return command.options.flatMap((option) => [
    '.TP',
    `\\fB${roff(option.flags)}\\fR`,
    roff(describeOption(option))
  ])
}

function exitItem({ code, text }: ExitRow): readonly string[] {
  return ['.TP', `.B ${code}`, roff(text)]
}

/** Text that roff shows as it is: what begins a request or an escape of its own is marked. */
function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll("'", '\\(aq').replace(/^\./gm, '\\&.')
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}

function firstLower(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1).replace(/\.$/, '')}`
}
