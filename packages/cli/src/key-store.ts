import { dirname, join } from 'node:path'
import { formatKey, KeyStore } from '@bursar/keystore'
import { defaultPath } from '@bursar/ledger/sqlite'
import type { Io } from './io.js'
import { type PassphraseOptions, passphraseFor } from './passphrase.js'

/** The keys beside the ledger. */
export function openKeyStore({ env }: Io): KeyStore {
  return new KeyStore(join(dirname(defaultPath(env)), 'keys'))
}

/** The options before the verb, as the environment has them by then. */
export function settingsOf({ env }: Io): PassphraseOptions {
  const { BURSAR_PASSPHRASE_FD: passphraseFd, BURSAR_KEYCHAIN: keychain } = env
  return { ...(passphraseFd ? { passphraseFd } : {}), keychain: keychain === '1' }
}

/** Private keys as `createBursar` takes them. */
export interface WalletKeys {
  readonly evm?: string
  readonly solana?: string
}

/** A command asks for a passphrase once, whatever it does. */
const opened = new WeakMap<Io, Promise<WalletKeys>>()

/** The private keys of the wallet that pays; none when there is no wallet. @throws {TypeError} */
export function walletKeys(io: Io): Promise<WalletKeys> {
  const keys = opened.get(io) ?? openWallet(io)
  opened.set(io, keys)
  return keys
}

async function openWallet(io: Io): Promise<WalletKeys> {
  const store = openKeyStore(io)
  const wallet = io.env.BURSAR_WALLET || (await store.defaultWallet())
  if (wallet === undefined) return {}
  if (!(await store.has(wallet))) throw new TypeError(`There is no wallet ${wallet}: bursar wallet list`)
  const keys = await store.open(wallet, await passphraseFor(io, wallet, settingsOf(io)))
  return Object.fromEntries(keys.map((key) => [key.chain, formatKey(key)]))
}
