import { findNetwork, knownNetworks, type NetworkId, nearestName, rpcVariable } from '@bursar/core'
import type { BursarOptions } from 'bursar'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'
import { namesOf, networkNamed, parseNetworks, parsePreference } from './network-names.js'

/** Where is paid, what is preferred, and where chains are read. */
type NetworkChoice = Pick<BursarOptions, 'allow' | 'prefer' | 'rpcUrls'>

const PREFIX = 'BURSAR_RPC_'

/**
 * Reads `BURSAR_NETWORK`, `BURSAR_TESTNET`, `BURSAR_PREFER` and every `BURSAR_RPC_…`.
 *
 * @param source `flag`: the variables stand for what was typed. An endpoint that is wrong is named by that.
 * @throws {UsageError}
 */
export function networkOptions(env: Env, source: 'flag' | 'environment' = 'environment'): NetworkChoice {
  const { BURSAR_PREFER: preference } = env
  const networks = allowedNetworks(env)
  return {
    rpcUrls: rpcUrlsOf(env, source),
    ...(networks === undefined ? {} : { allow: { networks } }),
    ...(preference ? { prefer: named('BURSAR_PREFER', () => parsePreference(preference)) } : {})
  }
}

/** Whether the command pays with test money alone. */
export function isTestnet({ BURSAR_TESTNET: testnet }: Env): boolean {
  return testnet !== undefined && !['', '0', 'false'].includes(testnet)
}

/** @throws {UsageError} where an account would be billed, whose money is real, and only test money is to be used. */
export function assertNoTestnet(env: Env, what: string): void {
  if (isTestnet(env)) throw new UsageError(`${what} bills an account, and --testnet uses test money alone`)
}

/** The networks that are paid on; absent where all are. @throws {UsageError} */
function allowedNetworks(env: Env): readonly NetworkId[] | 'testnet' | undefined {
  const { BURSAR_NETWORK: names } = env
  if (!names) return isTestnet(env) ? 'testnet' : undefined
  const networks = named('BURSAR_NETWORK', () => parseNetworks(names))
  const real = networks.find((network) => isTestnet(env) && !networkNamed(network).isTest)
  if (real === undefined) return networks
  throw new UsageError(
    `--testnet pays with test money alone, and the money of ${findNetwork(real)?.name} is real`
  )
}

/** By the name of each network or by the id of its chain; several URLs are separated by spaces. */
function rpcUrlsOf(env: Env, source: 'flag' | 'environment'): NonNullable<BursarOptions['rpcUrls']> {
  const rpcUrls: Partial<Record<NetworkId, readonly string[]>> = {}
  for (const [name, text] of endpointsOf(env)) {
    const urls = text.split(/\s+/).filter((url) => url !== '')
    const network = networkOf(name)
    const shown = source === 'flag' ? `--rpc ${namesOf([network])}=…` : name
    rpcUrls[network] = urls.map((url) => checkRpcUrl(shown, url))
  }
  return rpcUrls
}

/** The variable that an endpoint of a network comes from. */
export function endpointSource(env: Env, network: string): string | undefined {
  return endpointsOf(env).findLast(([name]) => networkOf(name) === network)?.[0]
}

/** A network by its name comes after the same by the id of its chain. */
function endpointsOf(env: Env): readonly (readonly [variable: string, urls: string])[] {
  return Object.entries(env)
    .flatMap(([name, urls]) => (urls && name.startsWith(PREFIX) ? [[name, urls] as const] : []))
    .toSorted(([a], [b]) => Number(isById(b)) - Number(isById(a)))
}

function isById(variable: string): boolean {
  return variable.startsWith(`${PREFIX}EIP155_`)
}

/** @throws {UsageError} for a name that nobody would read, such as `BURSAR_RPC_BAES`. */
function networkOf(variable: string): NetworkId {
  const name = variable.slice(PREFIX.length)
  const [, chainId] = /^EIP155_(\d{1,16})$/.exec(name) ?? []
  if (chainId !== undefined) return `eip155:${chainId}`
  const known = findNetwork(name)
  if (known) return known.id
  const nearest = nearestName(
    variable,
    knownNetworks.map(({ id }) => rpcVariable(id))
  )
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  throw new UsageError(
    `${variable} names no network.${hint} There are BURSAR_RPC_BASE, BURSAR_RPC_SOLANA, BURSAR_RPC_BASE_SEPOLIA and so on, and BURSAR_RPC_EIP155_137 by chain id`
  )
}

/** The URL may hold a key, so that only its name is shown. */
function checkRpcUrl(name: string, url: string): string {
  if (URL.canParse(url) && /^https?:/.test(url)) return url
  throw new UsageError(`${name} is not a URL that begins with https:// or http://`)
}

/** Names the variable that is wrong. */
function named<Value>(variable: string, parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${variable}: ${error.message}`, { cause: error })
    throw error
  }
}
