import type { Ledger } from '@bursar/core'
import { formatKey, parseKey } from '@bursar/keystore'
import { type AskPerson, bursarOptionsOf, type Policy } from '@bursar/policy'
import type { BursarOptions } from 'bursar'
import type { CommandContext } from '../context.js'
import type { Env } from '../io.js'
import { namesOf } from '../options/network-names.js'
import { askOnTerminal } from '../policy/ask-on-terminal.js'
import { UsageError } from '../usage-error.js'
import { canSignUnasked, walletKeys } from '../wallet/wallet-keys.js'
import { ledgerOf } from './open-ledger.js'
import { type SigningRefusal, watchedAccounts } from './watched-accounts.js'

/** What a bursar of the command is made from. */
export type AccountOptions = BursarOptions & { readonly ledger: Ledger }

/**
 * The options of a bursar that can pay: with the keys of `EVM_PRIVATE_KEY` and `SVM_PRIVATE_KEY`, else of the wallet.
 *
 * @param ask asks a person about a payment. Default: on the terminal, if there is one.
 * @throws {UsageError} when there is no account, or a key is malformed.
 */
export async function payingOptions(
  context: CommandContext,
  policy: Policy,
  ask?: AskPerson
): Promise<AccountOptions> {
  const keys = await payingKeys(context)
  if (!keys.evm && !keys.solana) throw noAccount()
  const shared = sharedOptions(context, policy, ask)
  assertAccount(shared, keys)
  return { ...shared, ...keys }
}

/** As {@link watchingOptions}, and without an account, a bursar that has none. */
export async function pricingOptions(context: CommandContext, policy: Policy): Promise<AccountOptions> {
  if (!(await asksForPassphrase(context))) return payingOptions(context, policy)
  const accounts = await watchedAccounts(context)
  return { ...sharedOptions(context, policy), payers: [], ...accounts }
}

/**
 * The options of a bursar that looks and pays nothing. It needs no passphrase: without one it knows the addresses alone,
 * and cannot prove a prepaid balance.
 *
 * @throws {UsageError} as {@link payingOptions}
 */
export async function watchingOptions(context: CommandContext, policy: Policy): Promise<AccountOptions> {
  return (await asksForPassphrase(context)) ? addressOptions(context, policy) : payingOptions(context, policy)
}

/** Whether a person would be asked for the passphrase before anything is signed. */
export async function asksForPassphrase(context: CommandContext): Promise<boolean> {
  return !hasKeysInEnv(context.env) && !(await canSignUnasked(context))
}

/**
 * The options of a bursar that knows the addresses alone.
 *
 * @param onSign is called where something is to be signed.
 * @throws {UsageError} as {@link payingOptions}
 */
export async function addressOptions(
  context: CommandContext,
  policy: Policy,
  onSign?: SigningRefusal
): Promise<AccountOptions> {
  const accounts = await watchedAccounts(context, onSign)
  if (!accounts.evm && !accounts.solana) throw noAccount()
  const shared = sharedOptions(context, policy)
  assertAccount(shared, accounts)
  return { ...shared, ...accounts }
}

function sharedOptions(context: CommandContext, policy: Policy, ask: AskPerson = askOnTerminal(context)) {
  const { ledger: _, ...others } = policy
  return { ...bursarOptionsOf(others, { ask }), ledger: ledgerOf(context) }
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

/** @throws {UsageError} when none of the networks that are asked for has an account. */
function assertAccount(
  { allow }: Pick<BursarOptions, 'allow'>,
  { evm, solana }: Pick<BursarOptions, 'evm' | 'solana'>
): void {
  const { networks } = allow ?? {}
  if (!networks || networks === 'testnet') return
  if (networks.some((network) => (network.startsWith('solana:') ? solana : evm))) return
  throw new UsageError(
    `There is no account on ${namesOf(networks)}: the wallet or the keys are of other chains`
  )
}

function noAccount(): UsageError {
  return new UsageError(
    'There is no account: set EVM_PRIVATE_KEY or SVM_PRIVATE_KEY, or bursar wallet create'
  )
}
