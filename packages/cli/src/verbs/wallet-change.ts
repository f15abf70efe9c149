import { bursarErrorOf } from '@bursar/core'
import type { KeptKey, KeyStore } from '@bursar/keystore'
import type { CommandContext } from '../context.js'
import { throwUsage, UsageError } from '../usage-error.js'
import { confirm } from '../wallet/confirm.js'
import { Passphrases } from '../wallet/passphrase.js'
import { paymentsOut } from '../wallet/payments-out.js'
import { changeKeys, defaultOrOnly, openKeyStore } from '../wallet/wallet-keys.js'

/** Gives a wallet another name. */
export async function renameWallet(
  context: CommandContext,
  wallet: string,
  name: string,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const store = openKeyStore(context)
  await store.has(name).catch(throwUsage)
  await changeKeys(context, async () => {
    await store.addresses(wallet)
    if (context.env.BURSAR_KEYCHAIN === '1') {
      const { copyKeychain } = await import('../wallet/keychain.js')
      await copyKeychain(wallet, name, context.env)
    }
    await store.rename(wallet, name).catch(throwUsage)
  })
  if (json) return context.out(`${JSON.stringify({ wallet: name, renamedFrom: wallet })}\n`)
  context.err(`${wallet} is ${name} from now on.\n`)
}

const CHAIN = 'solana'.length

/** The options of `wallet remove`. */
export interface RemoveOptions {
  readonly yes?: boolean
  readonly force?: boolean
  readonly json?: boolean
}

/** Removes the keys of a wallet from this machine. */
export async function removeWallet(
  context: CommandContext,
  wallet: string,
  { yes, force, json }: RemoveOptions
): Promise<void> {
  const store = openKeyStore(context)
  const keys = await knownKeys(store, wallet)
  if (!force) await assertNothingOut(context, wallet, keys)
  const where = keys.map(({ chain, address }) => `  ${chain.padEnd(CHAIN)}  ${address}\n`).join('')
  await confirm(context, {
    about: `${where}The keys of ${wallet} are removed from this machine. Without a copy (bursar wallet export), what is at these addresses is lost.\n`,
    text: `Type ${wallet} to remove it: `,
    answer: wallet,
    yes
  })
  await changeKeys(context, () => store.remove(wallet))
  if (json) return context.out(`${JSON.stringify({ wallet, removed: keys.map(({ address }) => address) })}\n`)
  context.err(`${wallet} is removed.\n`)
}

/** The keys that can be read. A damaged wallet has none, and can be removed all the same. */
async function knownKeys(store: KeyStore, wallet: string): Promise<readonly KeptKey[]> {
  try {
    return await store.addresses(wallet)
  } catch (error) {
    if (bursarErrorOf(error, 'key/damaged')) return []
    throw error
  }
}

/** @throws {UsageError} while a payment of the wallet may still be taken. */
async function assertNothingOut(
  context: CommandContext,
  wallet: string,
  keys: readonly KeptKey[]
): Promise<void> {
  const { length } = await paymentsOut(context, keys)
  if (length === 0) return
  const what = length === 1 ? 'A payment' : `${length} payments`
  throw new UsageError(
    `${what} of ${wallet} may still be taken: see bursar outstanding, and bursar recover. --force removes it all the same. Nothing was removed`
  )
}

/** The options of `wallet passphrase`. */
export interface PassphraseOptions {
  readonly newPassphraseFd?: string
  readonly newPassphraseFile?: string
  readonly newKeychain?: boolean
  readonly json?: boolean
}

/** Encrypts the keys of a wallet under another passphrase. */
export async function changePassphrase(
  context: CommandContext,
  name: string | undefined,
  options: PassphraseOptions
): Promise<void> {
  const store = openKeyStore(context)
  const wallet = name ?? (await defaultOrOnly(store))
  if (wallet === undefined) throw new UsageError('There is no wallet: bursar wallet create')
  const next = newPassphrases(context, options)
  const before = await context.passphrases.get(wallet)
  // Before anything is asked: whether it opens the wallet.
  if (!next.isAtHand) await assertOpensSome(store, wallet, before)
  const after = await next.create(wallet)
  await changeKeys(context, () => store.changePassphrase(wallet, { before, after }))
  if (options.json) return context.out(`${JSON.stringify({ wallet })}\n`)
  context.err(`${wallet} has another passphrase from now on. Copies of its files keep the old one.\n`)
}

/** A machine that stopped amid a change leaves some keys under the new passphrase: the old one opens the others. */
async function assertOpensSome(store: KeyStore, wallet: string, passphrase: string): Promise<void> {
  const keys = await store.addresses(wallet)
  const opened = await Promise.allSettled(keys.map(({ chain }) => store.open(wallet, passphrase, chain)))
  const [failed] = opened.filter(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected' && opened.every(({ status }) => status === 'rejected'))
    throw failed.reason
}

/** Where the new passphrase comes from: never from where the old one does, unless that is said. */
function newPassphrases(
  context: CommandContext,
  { newPassphraseFd: fd, newPassphraseFile: file, newKeychain }: PassphraseOptions
): Passphrases {
  const env = {
    ...context.env,
    BURSAR_PASSPHRASE_FD: fd,
    BURSAR_PASSPHRASE_FILE: file,
    BURSAR_KEYCHAIN: newKeychain ? '1' : undefined
  }
  return new Passphrases({ ...context, env })
}
