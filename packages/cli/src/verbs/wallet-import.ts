import { readFileSync } from 'node:fs'
import { isJsonObject } from '@bursar/core'
import { type ChainKey, createChainKey, decryptKey, parseKey } from '@bursar/keystore'
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
  readonly json?: boolean
}

/** Imports a key that exists: from a file, a file descriptor, or a prompt. Never from an argument, which ps shows. */
export async function importWallet(
  context: CommandContext,
  wallet: string,
  { file, keyFd, json }: ImportOptions
): Promise<void> {
  const store = openKeyStore(context)
  const exists = await store.has(wallet).catch(throwUsage)
  const key = await (file === undefined ? keyFromText(context, keyFd) : keyFromFile(context, wallet, file))
  const { passphrases } = context
  const passphrase = await (exists ? passphrases.get(wallet) : passphrases.create(wallet))
  const kept = await changeKeys(context, () => store.add(wallet, key, passphrase))
  if (json) context.out(`${JSON.stringify({ keys: [kept] })}\n`)
  else context.out(`${wallet}  ${kept.chain}  ${kept.address}\n`)
}

async function keyFromText({ ask }: CommandContext, keyFd: string | undefined): Promise<ChainKey> {
  if (keyFd !== undefined) return parse(readDescriptor(keyFd))
  if (ask) return parse(await ask('Private key (it is not shown): '))
  throw new UsageError('There is no terminal to ask for the key: use --key-fd 3 3<file, or --file')
}

async function keyFromFile({ passphrases }: CommandContext, wallet: string, path: string): Promise<ChainKey> {
  const stored = readJson(path)
  if (Array.isArray(stored)) return parse(JSON.stringify(stored))
  const bytes = await decryptKey({ stored, path }, await passphrases.get(`${wallet}'s file`))
  const chain = isJsonObject(stored) && stored.chain === 'solana' ? 'solana' : 'evm'
  return createChainKey(chain, bytes).catch(throwUsage)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new UsageError(`${path} cannot be read as a key file`, { cause })
  }
}

function parse(text: string): Promise<ChainKey> {
  return parseKey(text).catch(throwUsage)
}
