import { type Command, InvalidArgumentError } from 'commander'
import type { Env } from '../io.js'
import { endpointVariable, parseNetworks, parsePreference } from '../options/network-names.js'
import { UsageError } from '../usage-error.js'

/** What a command line says of networks. */
export interface NetworkFlags {
  /** Names, separated by commas. */
  readonly network?: string
  readonly prefer?: string
  readonly testnet?: boolean
  /** URLs, separated by spaces, by the variable that each stands for. */
  readonly rpc?: Readonly<Record<string, string>>
}

const networkHelp = 'only there, such as base,solana or eip155:137; any number'
const preferHelp = 'cheapest, or networks in order; default: the order of the service'
const rpcHelp = 'the endpoint of a network, such as base=https://…; any number'

/** Adds what says where a verb pays, looks and reads. */
export function addPayingNetworks(command: Command): Command {
  return addNetworks(command).option('--prefer <what>', preferHelp, checked(parsePreference))
}

/** Adds what says where a verb looks. */
export function addNetworks(command: Command): Command {
  const given = command
    .option('--network <names>', networkHelp, (text: string, before?: string) =>
      before === undefined ? checked(parseNetworks)(text) : `${before},${checked(parseNetworks)(text)}`
    )
    .option('--rpc <network=url>', rpcHelp, collectEndpoint)
  return addTestnet(given)
}

/** Adds what leaves everything but test money out. */
export function addTestnet(command: Command): Command {
  return command
    .option('--testnet', 'test networks alone, such as Base Sepolia: money that is worth nothing')
    .hook('preAction', () => {
      rootOf(command).setOptionValue('networks', command.opts<NetworkFlags>())
    })
}

/** The variables that flags stand for. */
export function networkVariables({ network, prefer, testnet, rpc }: NetworkFlags): Env {
  return {
    ...rpc,
    ...(network === undefined ? {} : { BURSAR_NETWORK: network }),
    ...(prefer === undefined ? {} : { BURSAR_PREFER: prefer }),
    ...(testnet ? { BURSAR_TESTNET: '1' } : {})
  }
}

function collectEndpoint(text: string, before: NonNullable<NetworkFlags['rpc']> = {}) {
  const [variable, url] = readEndpoint(text)
  const earlier = before[variable]
  return { ...before, [variable]: earlier === undefined ? url : `${earlier} ${url}` }
}

const readEndpoint = asArgument(endpointVariable)

/** The text itself, once it is known that it can be read. */
export function checked(parse: (text: string) => unknown): (text: string) => string {
  const read = asArgument(parse)
  return (text) => {
    read(text)
    return text
  }
}

/** A wrong text is a fault of the argument. */
function asArgument<Value>(parse: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return parse(text)
    } catch (error) {
      throw error instanceof UsageError ? new InvalidArgumentError(`${error.message}.`) : error
    }
  }
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command
}
