import { randomBytes } from 'node:crypto'
import {
  type Chain,
  type ChainKey,
  createChainKey,
  formatKey,
  type KeptKey,
  type KeyStore
} from '@bursar/keystore'
import type { CommandContext } from '../context.js'
import { type Column, table } from '../text/table.js'
import { throwUsage, UsageError } from '../usage-error.js'
import { fundingScreen } from '../wallet/funding-screen.js'
import { changeKeys, defaultOrOnly, openKeyStore } from '../wallet/wallet-keys.js'

/** Creates a wallet: a key for Base, one for Solana, or both. */
export async function createWallet(
  context: CommandContext,
  wallet: string,
  { chain, json }: { readonly chain: Chain | 'both'; readonly json?: boolean }
): Promise<void> {
  const store = openKeyStore(context)
  const chains: readonly Chain[] = chain === 'both' ? ['evm', 'solana'] : [chain]
  const exists = await assertNoKeys(store, wallet, chains)
  const { passphrases } = context
  const passphrase = await (exists ? passphrases.get(wallet) : passphrases.create(wallet))
  const kept: KeptKey[] = []
  await changeKeys(context, async () => {
    for (const each of chains) kept.push(await store.add(wallet, await generateKey(each), passphrase))
  })
  if (json) return context.out(`${JSON.stringify({ keys: kept })}\n`)
  context.out(fundingScreen(context, wallet, kept))
  context.err(nextSteps)
}

const nextSteps = `
If you forget the passphrase, the money is lost.
Next:
  bursar wallet export --chain evm > copy.json    a copy; and --chain solana
  bursar limits set payment=0.25 day=5.00         what may be spent
  bursar doctor                                   whether all is well, once funded
`

/** Lists wallets, and key files that are damaged. */
export async function listWallets(
  context: CommandContext,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const store = openKeyStore(context)
  const [{ keys, damaged }, chosen] = [await store.list(), await store.defaultWallet()]
  for (const { path, reason } of damaged) context.warn(`${path} is damaged: ${reason}\n`)
  if (json) {
    const listed = keys.map((key) => ({ ...key, isDefault: key.wallet === chosen }))
    const broken = damaged.map(({ path, reason }) => ({ path, reason }))
    return context.out(`${JSON.stringify({ keys: listed, damaged: broken })}\n`)
  }
  const columns: readonly Column<(typeof keys)[number]>[] = [
    { header: '', cell: ({ wallet }) => (wallet === chosen ? '*' : '') },
    {
      header: 'Wallet',
      cell: ({ wallet, watchOnly }) => (watchOnly ? `${wallet} (watch-only)` : wallet)
    },
    { header: 'Chain', cell: ({ chain }) => chain, leaveOut: 1 },
    // Never cut: it may be copied from here to send money there.
    { header: 'Address', cell: ({ address }) => address }
  ]
  if (keys.length > 0) context.out(table(context, columns, keys))
  else context.out('There is no wallet: bursar wallet create\n')
}

/** Shows where a wallet is paid. */
export async function showWallet(
  context: CommandContext,
  name: string | undefined,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const store = openKeyStore(context)
  const wallet = await walletOf(store, name)
  const keys = await store.addresses(wallet)
  context.out(json ? `${JSON.stringify({ keys })}\n` : fundingScreen(context, wallet, keys))
}

/** The options of `wallet export`. */
export interface ExportOptions {
  readonly chain: Chain
  readonly plain?: boolean
  readonly json?: boolean
}

/** Writes a key out: encrypted as it is, or with `--plain` as it is used. */
export async function exportWallet(
  context: CommandContext,
  name: string | undefined,
  { chain, plain, json }: ExportOptions
): Promise<void> {
  const store = openKeyStore(context)
  const wallet = await walletOf(store, name)
  const file = await store.read(wallet, chain)
  if (!plain)
    return context.out(json ? `${JSON.stringify({ wallet, chain, file: JSON.parse(file) })}\n` : file)
  const keys = await store.open(wallet, await context.passphrases.get(wallet), chain)
  context.err('Anybody who has the next line has the money.\n')
  for (const key of keys) {
    const text = formatKey(key)
    context.out(json ? `${JSON.stringify({ wallet, chain, key: text })}\n` : `${text}\n`)
  }
}

/** Chooses the wallet that pays where none is named. */
export async function chooseWallet(
  context: CommandContext,
  wallet: string,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const store = openKeyStore(context)
  await changeKeys(context, () => store.setDefault(wallet))
  if (json) return context.out(`${JSON.stringify({ wallet })}\n`)
  const isWatched = (await store.addresses(wallet)).every(({ watchOnly }) => watchOnly)
  context.err(
    isWatched
      ? `${wallet} is looked at from now on. It is watch-only: nothing is paid until another wallet is named with --wallet or made the default.\n`
      : `${wallet} pays from now on.\n`
  )
}

/** @returns whether the wallet exists. @throws {UsageError} when it has one of the keys already. */
async function assertNoKeys(store: KeyStore, wallet: string, chains: readonly Chain[]): Promise<boolean> {
  if (!(await store.has(wallet).catch(throwUsage))) return false
  const { keys } = await store.list()
  const taken = keys.filter((key) => key.wallet === wallet && chains.includes(key.chain))
  if (taken.length === 0) return true
  const names = taken.map(({ chain }) => chain).join(' and ')
  throw new UsageError(`The wallet ${wallet} has a key for ${names} already`)
}

async function walletOf(store: KeyStore, name: string | undefined): Promise<string> {
  const wallet = name ?? (await defaultOrOnly(store))
  if (wallet === undefined) throw new UsageError('There is no wallet: bursar wallet create')
  return wallet
}

/** Nearly every 32 bytes are a key. The few that are not are drawn again. */
async function generateKey(chain: Chain): Promise<ChainKey> {
  for (;;) {
    try {
      return await createChainKey(chain, new Uint8Array(randomBytes(32)))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
}
