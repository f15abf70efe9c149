import { type ChainKey, formatKey, type KeptKey, KeyStore } from '@bursar/keystore'
import type { CommandContext } from '../context.js'
import { dataPath } from '../files/data-folder.js'
import { withLock } from '../files/with-lock.js'
import type { Env } from '../io.js'
import { heldKeys } from '../unlock/ask-agent.js'
import { throwUsage, UsageError } from '../usage-error.js'

/** The keys of the data folder. */
export function openKeyStore({ env }: { readonly env: Env }): KeyStore {
  return new KeyStore(dataPath(env, 'keys'))
}

/** Changes key files while no other command does. */
export function changeKeys<Value>(
  { env }: { readonly env: Env },
  change: () => Promise<Value>
): Promise<Value> {
  return withLock(dataPath(env, 'keys'), change)
}

/** Private keys as `createBursar` takes them. */
export interface WalletKeys {
  readonly evm?: string
  readonly solana?: string
}

/** The private keys of the wallet that pays; none when there is no wallet. @throws {UsageError} @throws {BursarError} `key/*` */
export async function walletKeys(context: CommandContext): Promise<WalletKeys> {
  const store = openKeyStore(context)
  const wallet = await payingWallet(context, store)
  if (wallet === undefined) return {}
  const keys = await openWallet(context, store, wallet)
  return Object.fromEntries(keys.map((key) => [key.chain, formatKey(key)]))
}

/** Decrypts the keys of a wallet. @throws {UsageError} @throws {BursarError} `key/*` */
export async function openWallet(
  { env, passphrases }: CommandContext,
  store: KeyStore,
  wallet: string
): Promise<readonly ChainKey[]> {
  const unlocked = await store.openDerived(wallet, await heldKeys(env, await store.encryptionIds(wallet)))
  return unlocked ?? store.open(wallet, await passphrases.get(wallet))
}

/** Whether the wallet that pays can sign without asking a person. One that is watched never can. */
export async function canSignUnasked(context: CommandContext): Promise<boolean> {
  const store = openKeyStore(context)
  const wallet = await payingWallet(context, store)
  if (wallet === undefined) return context.passphrases.isAtHand
  if ((await store.addresses(wallet)).some(({ watchOnly }) => watchOnly)) return false
  if (context.passphrases.isAtHand) return true
  const ids = await store.encryptionIds(wallet)
  const held = await heldKeys(context.env, ids)
  return ids.every((id) => held.get(id))
}

/** Where the wallet that pays is paid, which needs no passphrase; nothing when there is no wallet. */
export async function walletAddresses(context: CommandContext): Promise<readonly KeptKey[]> {
  const store = openKeyStore(context)
  const wallet = await payingWallet(context, store)
  return wallet === undefined ? [] : store.addresses(wallet)
}

/** The wallet that the command line names, else the default. */
export async function payingWallet({ env }: CommandContext, store: KeyStore): Promise<string | undefined> {
  const named = env.BURSAR_WALLET
  if (!named) return defaultOrOnly(store)
  if (await store.has(named).catch(throwUsage)) return named
  throw new UsageError(`There is no wallet ${named}: bursar wallet list shows what there is`)
}

/** @throws {UsageError} when there are several wallets, and none was chosen. */
export async function defaultOrOnly(store: KeyStore): Promise<string | undefined> {
  const wallet = await store.defaultWallet()
  if (wallet !== undefined) return wallet
  const { keys, damaged } = await store.list()
  const names = [...new Set([...keys, ...damaged].map((key) => key.wallet))]
  if (names.length === 0) return undefined
  throw new UsageError(
    `There are ${names.length} wallets (${names.join(', ')}): add --wallet NAME before the verb, or choose one with bursar wallet default NAME`
  )
}
