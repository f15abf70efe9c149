import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { KeptKey, KeyStore } from '@bursar/keystore'
import { type Chain, type ChainKey, chainKey, decryptKey, formatKey, parseKey } from '@bursar/keystore'
import { renderUnicodeCompact } from 'uqr'
import type { Io } from '../io.js'
import { openKeyStore, settingsOf } from '../key-store.js'
import { fromDescriptor, newPassphrase, passphraseFor } from '../passphrase.js'
import { table } from '../table.js'

/** Makes a wallet: a key for Base, one for Solana, or both. */
export async function createWallet(
  io: Io,
  wallet: string,
  { chain, json }: { readonly chain: string; readonly json?: boolean }
): Promise<void> {
  const chains = chainsOf(chain)
  const store = openKeyStore(io)
  await store.has(wallet)
  const there = (await store.list()).filter((key) => key.wallet === wallet).map((key) => key.chain)
  const taken = chains.filter((each) => there.includes(each))
  if (taken.length > 0)
    throw new TypeError(`The wallet ${wallet} has a key for ${taken.join(' and ')} already`)
  const passphrase = await newPassphrase(io, wallet, settingsOf(io), there.length > 0)
  const kept: KeptKey[] = []
  for (const each of chains) kept.push(await store.add(wallet, await newKey(each), passphrase))
  if (json) return io.out(`${JSON.stringify(kept)}\n`)
  io.out(fundingScreen(wallet, kept))
  io.tell(
    'Whoever forgets the passphrase has lost the money.\nA copy: bursar wallet export --chain evm > copy.json, and --chain solana\n'
  )
}

/** Takes a key in that exists: from a file of version 3, a file descriptor, or a prompt. Never from an argument. */
export async function importWallet(
  io: Io,
  wallet: string,
  { file, keyFd }: { readonly file?: string; readonly keyFd?: string }
): Promise<void> {
  const store = openKeyStore(io)
  const exists = await store.has(wallet)
  const key =
    file === undefined ? await parseKey(await givenKey(io, keyFd)) : await keyOfFile(io, wallet, file)
  const passphrase = await newPassphrase(io, wallet, settingsOf(io), exists)
  const { chain, address } = await store.add(wallet, key, passphrase)
  io.out(`${wallet}  ${chain}  ${address}\n`)
}

/** Lists wallets. */
export async function listWallets(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  const store = openKeyStore(io)
  const [keys, chosen] = [await store.list(), await store.defaultWallet()]
  if (json)
    return io.out(`${JSON.stringify(keys.map((key) => ({ ...key, isDefault: key.wallet === chosen })))}\n`)
  const rows = keys.map(({ wallet, chain, address }) => [
    wallet === chosen ? '*' : '',
    wallet,
    chain,
    address
  ])
  io.out(rows.length === 0 ? 'There is none: bursar wallet create\n' : table(rows))
}

/** Shows where a wallet is paid. */
export async function showWallet(
  io: Io,
  name: string | undefined,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const store = openKeyStore(io)
  const wallet = await named(store, name)
  const keys = (await store.list()).filter((key) => key.wallet === wallet)
  if (keys.length === 0) throw new TypeError(`There is no wallet ${wallet}: bursar wallet list`)
  io.out(json ? `${JSON.stringify(keys)}\n` : fundingScreen(wallet, keys))
}

/** Gives a key away: encrypted as it is, or with `--plain` as it is used. */
export async function exportWallet(
  io: Io,
  name: string | undefined,
  { chain, plain }: { readonly chain: string; readonly plain?: boolean }
): Promise<void> {
  const [only, more] = chainsOf(chain)
  if (!only || more) throw new TypeError('--chain is evm or solana')
  const store = openKeyStore(io)
  const wallet = await named(store, name)
  if (!plain) return io.out(await store.read(wallet, only))
  await store.read(wallet, only)
  const [key] = await store.open(wallet, await passphraseFor(io, wallet, settingsOf(io)), only)
  if (!key) throw new TypeError(`The wallet ${wallet} has no key for ${only}`)
  io.tell('Whoever has the next line has the money.\n')
  io.out(`${formatKey(key)}\n`)
}

/** Says which wallet pays where none is named. */
export async function chooseWallet(io: Io, wallet: string): Promise<void> {
  await openKeyStore(io).setDefault(wallet)
  io.tell(`${wallet} pays from now on.\n`)
}

async function named(store: KeyStore, name: string | undefined): Promise<string> {
  const wallet = name ?? (await store.defaultWallet())
  if (wallet !== undefined) return wallet
  const isNone = (await store.list()).length === 0
  throw new TypeError(
    isNone ? 'There is no wallet: bursar wallet create' : 'Say which wallet: bursar wallet list'
  )
}

/** @throws {TypeError} */
function chainsOf(chain: string): readonly Chain[] {
  if (chain === 'both') return ['evm', 'solana']
  if (chain === 'evm' || chain === 'solana') return [chain]
  throw new TypeError('--chain is evm, solana or both')
}

/** Nearly every 32 bytes are a key; those that are not are thrown again. */
async function newKey(chain: Chain): Promise<ChainKey> {
  for (;;) {
    try {
      return await chainKey(chain, new Uint8Array(randomBytes(32)))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
}

async function givenKey(io: Io, keyFd: string | undefined): Promise<string> {
  if (keyFd !== undefined) return fromDescriptor(keyFd)
  if (io.ask) return io.ask('Private key (it is not shown): ')
  throw new TypeError('There is no terminal to ask for the key: --key-fd 3 3<file, or --file')
}

async function keyOfFile(io: Io, wallet: string, file: string): Promise<ChainKey> {
  const stored: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (Array.isArray(stored)) return parseKey(JSON.stringify(stored))
  const bytes = await decryptKey(stored, await passphraseFor(io, `${wallet}'s file`, settingsOf(io)))
  const isSolana =
    typeof stored === 'object' && stored !== null && 'chain' in stored && stored.chain === 'solana'
  return chainKey(isSolana ? 'solana' : 'evm', bytes)
}

const funding: Readonly<Record<Chain, readonly [chain: string, contract: string, gas: string]>> = {
  evm: ['Base', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', 'ETH'],
  solana: ['Solana', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', 'SOL']
}

/** The address comes first and last: it is what money is sent to. */
function fundingScreen(wallet: string, keys: readonly KeptKey[]): string {
  const parts = keys.map(({ chain, address }) => {
    const [name, contract, gas] = funding[chain]
    const code = renderUnicodeCompact(address, { border: 2 })
    return (
      `${name}: send USDC on ${name} to\n\n${code}\n\n${address}\n\n` +
      `No ${gas} is needed to pay: the server pays the fees. (USDC there is the\n` +
      `token ${contract}; never send to that.)\n`
    )
  })
  return `Wallet ${wallet}\n\n${parts.join('\n')}`
}
