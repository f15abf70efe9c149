import { readFileSync } from 'node:fs'
import { isJsonObject } from '@bursar/core'
import {
  type Chain,
  type ChainKey,
  createChainKey,
  decryptKey,
  isMnemonic,
  keyFromMnemonic,
  parseKey
} from '@bursar/keystore'
import type { CommandContext } from '../context.js'
import { throwUsage, UsageError } from '../usage-error.js'
import { readDescriptor } from '../wallet/read-descriptor.js'
import { changeKeys, openKeyStore } from '../wallet/wallet-keys.js'

/** Where a key is imported from. By default a person is asked. */
export interface ImportOptions {
  /** A key file of version 3, or one of solana-keygen. */
  readonly file?: string
  /** A file descriptor. */
  readonly keyFd?: string
  /** For which chain the key is, or the keys of a mnemonic are. Default of a mnemonic: both. */
  readonly chain?: Chain | 'both'
  /** Of the account of a mnemonic. Default: the first account, as wallets derive it. */
  readonly path?: string
  readonly json?: boolean
}

/** Imports keys that exist: from a file, a file descriptor, or a prompt. Never from an argument, which ps shows. */
export async function importWallet(
  context: CommandContext,
  wallet: string,
  options: ImportOptions
): Promise<void> {
  const store = openKeyStore(context)
  const exists = await store.has(wallet).catch(throwUsage)
  const keys = await readKeys(context, wallet, options)
  const { passphrases } = context
  const passphrase = await (exists ? passphrases.get(wallet) : passphrases.create(wallet))
  const added = await changeKeys(context, async () => {
    const kept = []
    for (const key of keys) kept.push(await store.add(wallet, key, passphrase))
    return kept.map(({ chain, address }) => ({ wallet, chain, address }))
  })
  if (options.json) return context.out(`${JSON.stringify({ keys: added })}\n`)
  for (const { chain, address } of added) context.out(`${wallet}  ${chain}  ${address}\n`)
}

async function readKeys(
  context: CommandContext,
  wallet: string,
  options: ImportOptions
): Promise<readonly ChainKey[]> {
  const { file, keyFd } = options
  if (file !== undefined) return [assertFits(await keyFromFile(context, wallet, file), options)]
  const text = await readText(context, keyFd)
  if (!isMnemonic(text)) return [assertFits(await parse(text), options)]
  return keysOfMnemonic(text, options)
}

async function readText({ ask }: CommandContext, keyFd: string | undefined): Promise<string> {
  if (keyFd !== undefined) return readDescriptor(keyFd)
  if (ask) return ask('Private key or mnemonic (it is not shown): ')
  throw new UsageError('There is no terminal to ask for the key: use --key-fd 3 3<file, or --file')
}

async function keysOfMnemonic(
  text: string,
  { chain = 'both', path }: ImportOptions
): Promise<readonly ChainKey[]> {
  if (path !== undefined && chain === 'both')
    throw new UsageError('A --path is of one chain: add --chain evm or --chain solana')
  const chains: readonly Chain[] = chain === 'both' ? ['evm', 'solana'] : [chain]
  return Promise.all(chains.map((each) => keyFromMnemonic(text, { chain: each, path }))).catch(throwUsage)
}

/** A single key is of the chain that was asked for, and has no path. @throws {UsageError} */
function assertFits(key: ChainKey, { chain, path }: ImportOptions): ChainKey {
  if (path !== undefined) throw new UsageError('--path is for a mnemonic, and this is a key. It is not shown')
  if (chain === undefined || chain === 'both' || chain === key.chain) return key
  throw new UsageError(`This is a key for ${key.chain}. It is not shown`)
}

async function keyFromFile({ passphrases }: CommandContext, wallet: string, path: string): Promise<ChainKey> {
  const stored = readJson(path)
  if (Array.isArray(stored)) return parse(JSON.stringify(stored))
  const bytes = await decryptKey({ stored, path }, await passphrases.get(`${wallet}'s file`))
  const chain = isJsonObject(stored) && stored.chain === 'solana' ? 'solana' : 'evm'
  return createChainKey(chain, bytes).catch(throwUsage)
}

function readJson(path: string): unknown {
  const text = readFileText(path)
  try {
    return JSON.parse(text)
  } catch {
    // The error quotes what it could not read, which may be a key.
    throw new UsageError(`${path} cannot be read as a key file: it is not JSON. It is not shown`)
  }
}

function readFileText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`${path} cannot be read as a key file`, { cause })
  }
}

function parse(text: string): Promise<ChainKey> {
  return parseKey(text).catch(throwUsage)
}
