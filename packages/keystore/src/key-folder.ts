import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bursarErrorOf, isError } from '@bursar/core'
import { isFileError } from '@bursar/core/files'
import type { Chain } from './chain-key.js'
import { damagedKey } from './key-error.js'
import { StoredFields } from './stored-fields.js'

/** Where a key is. The file's name says this much. */
export interface KeyPlace {
  readonly wallet: string
  readonly chain: Chain
  readonly path: string
}

/** A key that is kept. Nothing of this is secret. */
export interface KeptKey extends KeyPlace {
  readonly address: string
  /** Set where the key itself is not kept, so that nothing can be signed. */
  readonly watchOnly?: true
}

/** A key file that cannot be read. */
export interface DamagedKey extends KeyPlace {
  readonly reason: string
}

/** What a folder of keys holds, by wallet and chain. */
export interface KeyListing {
  readonly keys: readonly KeptKey[]
  readonly damaged: readonly DamagedKey[]
}

/** The key files of a folder, by their names. A folder that does not exist has none. */
export async function findKeys(folder: string): Promise<readonly KeyPlace[]> {
  const places = (await namesIn(folder)).flatMap((name): KeyPlace[] => {
    const [, wallet = '', chain] = /^([\w-]{1,64})\.(evm|solana)\.json$/.exec(name) ?? []
    return chain === 'evm' || chain === 'solana' ? [{ wallet, chain, path: join(folder, name) }] : []
  })
  return places.sort((a, b) => `${a.wallet} ${a.chain}`.localeCompare(`${b.wallet} ${b.chain}`))
}

/** Reads whose key a file holds. @throws {BursarError} `key/damaged` */
export async function readKept(place: KeyPlace): Promise<KeptKey> {
  const stored = new StoredFields(await readJson(place.path), place.path)
  const address = stored.text('address')
  return { ...place, address, ...(stored.isTrue('watchOnly') ? { watchOnly: true } : {}) }
}

/** Reads every key file. A damaged one is listed apart, and keeps nobody from using the others. */
export async function listKeys(folder: string): Promise<KeyListing> {
  const keys: KeptKey[] = []
  const damaged: DamagedKey[] = []
  for (const place of await findKeys(folder)) {
    try {
      keys.push(await readKept(place))
    } catch (error) {
      const damage = bursarErrorOf(error, 'key/damaged')
      if (!damage) throw error
      damaged.push({ ...place, reason: damage.context.reason })
    }
  }
  return { keys, damaged }
}

/** Reads a key file. @throws {BursarError} `key/damaged` */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw damagedKey(path, isError(error) && 'code' in error ? String(error.code) : 'it cannot be opened')
  })
  try {
    return JSON.parse(text)
  } catch {
    throw damagedKey(path, 'it is not JSON')
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return []
    throw error
  }
}
