import { BASE, type Ledger, type NetworkId, SOLANA_MAINNET } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import { formatKey, parseKey } from '@bursar/keystore'
import type { BursarOptions } from 'bursar'
import type { CommandContext } from '../context.js'
import type { Env } from '../io.js'
import { readRates } from '../options/rates.js'
import { UsageError } from '../usage-error.js'
import { walletKeys } from '../wallet/wallet-keys.js'
import { watchedAccounts } from './watched-accounts.js'

/** What a bursar of the command is made from. */
export type AccountOptions = BursarOptions & { readonly ledger: Ledger }

/**
 * The options of a bursar that can pay: with the keys of `EVM_PRIVATE_KEY` and `SVM_PRIVATE_KEY`, else of the wallet.
 *
 * @throws {UsageError} when there is no account, or a key is malformed.
 */
export async function payingOptions(context: CommandContext, limits: Limits): Promise<AccountOptions> {
  const keys = await payingKeys(context)
  if (!keys.evm && !keys.solana) throw noAccount()
  return { ...(await sharedOptions(context.env)), ...keys, limits }
}

/** As {@link watchingOptions}, and without an account, a bursar that has none. */
export async function pricingOptions(context: CommandContext, limits: Limits): Promise<AccountOptions> {
  const { env, passphrases } = context
  if (hasKeysInEnv(env) || passphrases.isAtHand) return payingOptions(context, limits)
  const accounts = await watchedAccounts(context)
  return { ...(await sharedOptions(env)), payers: [], ...accounts, limits }
}

/**
 * The options of a bursar that looks and pays nothing. It needs no passphrase: without one it knows the addresses alone,
 * and cannot prove a prepaid balance.
 *
 * @throws {UsageError} as {@link payingOptions}
 */
export async function watchingOptions(context: CommandContext, limits: Limits): Promise<AccountOptions> {
  const { env, passphrases } = context
  const canSign = hasKeysInEnv(env) || passphrases.isAtHand
  if (canSign) return payingOptions(context, limits)
  const accounts = await watchedAccounts(context)
  if (!accounts.evm && !accounts.solana) throw noAccount()
  return { ...(await sharedOptions(env)), ...accounts, limits }
}

async function sharedOptions(env: Env) {
  const { defaultPath, sqliteLedger } = await import('@bursar/ledger/sqlite')
  return { ledger: sqliteLedger({ path: defaultPath(env) }), rpcUrls: rpcUrlsOf(env), rates: readRates(env) }
}

/** Keys of one source, never of both: a wallet that is named, or a key that is set, is meant alone. */
async function payingKeys(context: CommandContext) {
  const { env } = context
  if (!hasKeysInEnv(env)) return walletKeys(context)
  const [evm, solana] = [await keyFromEnv(env, 'EVM_PRIVATE_KEY'), await keyFromEnv(env, 'SVM_PRIVATE_KEY')]
  return { ...(evm ? { evm } : {}), ...(solana ? { solana } : {}) }
}

function hasKeysInEnv({
  BURSAR_WALLET: wallet,
  EVM_PRIVATE_KEY: evm,
  SVM_PRIVATE_KEY: solana
}: Env): boolean {
  return !wallet && Boolean(evm || solana)
}

async function keyFromEnv(
  env: Env,
  name: 'EVM_PRIVATE_KEY' | 'SVM_PRIVATE_KEY'
): Promise<string | undefined> {
  const text = env[name]
  if (!text) return undefined
  const chain = name === 'EVM_PRIVATE_KEY' ? 'evm' : 'solana'
  const key = await parseKey(text).catch((error: unknown) => {
    throw error instanceof TypeError ? new UsageError(`${name}: ${error.message}`, { cause: error }) : error
  })
  if (key.chain !== chain) throw new UsageError(`${name} holds a key for ${key.chain}. It is not shown`)
  return formatKey(key)
}

/** Of Base, of Solana, and of any EVM network by its chain id: `BURSAR_RPC_EIP155_137`. */
function rpcUrlsOf(env: Env) {
  const rpcUrls: Partial<Record<NetworkId, string>> = {}
  // Base by its name comes after Base by its chain id.
  for (const [name, url] of Object.entries(env).sort(([a], [b]) => (a < b ? 1 : -1)))
    if (url && name.startsWith('BURSAR_RPC_')) rpcUrls[rpcNetworkOf(name)] = checkRpcUrl(name, url)
  return rpcUrls
}

/** @throws {UsageError} for a name that nobody would read, such as `BURSAR_RPC_POLYGON`. */
function rpcNetworkOf(name: string): NetworkId {
  if (name === 'BURSAR_RPC_BASE') return BASE
  if (name === 'BURSAR_RPC_SOLANA') return SOLANA_MAINNET
  const [, chainId] = /^BURSAR_RPC_EIP155_(\d{1,16})$/.exec(name) ?? []
  if (chainId !== undefined) return `eip155:${chainId}`
  throw new UsageError(
    `${name} names no network: there are BURSAR_RPC_BASE, BURSAR_RPC_SOLANA, and BURSAR_RPC_EIP155_137 and so on, by chain id`
  )
}

/** The URL may hold a key, so that only its name is shown. */
function checkRpcUrl(name: string, url: string): string {
  if (URL.canParse(url) && /^https?:/.test(url)) return url
  throw new UsageError(`${name} is not a URL that begins with https:// or http://`)
}

function noAccount(): UsageError {
  return new UsageError(
    'There is no account: set EVM_PRIVATE_KEY or SVM_PRIVATE_KEY, or bursar wallet create'
  )
}
