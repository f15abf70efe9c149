import { knownNetworks, shortNetworkName } from '@bursar/core'
import type { Command, Option } from 'commander'
import type { CommandContext } from '../context.js'
import { openKeyStore } from '../wallet/wallet-keys.js'

/** What the last of some words can be, by the definitions of the command. */
export async function completionsOf(
  program: Command,
  words: readonly string[],
  context: CommandContext
): Promise<readonly string[]> {
  const partial = words.at(-1) ?? ''
  const { command, option, position } = walk(program, words.slice(0, -1))
  const found = option
    ? await valuesOf(option, context)
    : partial.startsWith('-')
      ? optionsOf(program, command)
      : await operandsOf(command, position, context)
  return found.filter((word) => word.startsWith(partial))
}

/** Where a command line has come to. */
interface Place {
  readonly command: Command
  /** The option whose value comes next. */
  readonly option?: Option | undefined
  /** How many arguments of the command are there. */
  readonly position: number
}

function walk(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, position: 0 }
  for (const word of words) place = step(program, place, word)
  return place
}

function step(program: Command, { command, option, position }: Place, word: string): Place {
  if (option) return { command, position }
  if (word.startsWith('-')) {
    const known = [...command.options, ...program.options].find(
      ({ long, short }) => word === long || word === short
    )
    return { command, position, option: known && (known.required || known.optional) ? known : undefined }
  }
  const verb = position === 0 ? command.commands.find((each) => each.name() === word) : undefined
  return verb ? { command: verb, position: 0 } : { command, position: position + 1 }
}

async function valuesOf({ long, argChoices }: Option, context: CommandContext): Promise<readonly string[]> {
  if (argChoices) return argChoices
  if (long === '--wallet') return walletNames(context)
  if (long === '--network' || long === '--prefer') return knownNetworks.map(shortNetworkName)
  return []
}

function optionsOf(program: Command, command: Command): readonly string[] {
  return [...new Set([...command.options, ...program.options].flatMap(({ long }) => long ?? [])), '--help']
}

async function operandsOf(
  command: Command,
  position: number,
  context: CommandContext
): Promise<readonly string[]> {
  const verbs = position === 0 ? command.commands.map((each) => each.name()) : []
  const { argChoices = [] } = command.registeredArguments[position] ?? {}
  const takesWallet = command.parent?.name() === 'wallet' && position === 0
  return [...verbs, ...argChoices, ...(takesWallet ? await walletNames(context) : [])]
}

/** A key folder that cannot be read completes nothing. */
async function walletNames(context: CommandContext): Promise<readonly string[]> {
  const { keys } = await openKeyStore(context)
    .list()
    .catch(() => ({ keys: [] }))
  return [...new Set(keys.map(({ wallet }) => wallet))]
}
