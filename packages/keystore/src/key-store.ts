import { link, mkdir, open, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isJsonObject } from '@bursar/core'
import { type Chain, type ChainKey, chainKey } from './chain-key.js'
import { decryptKey, encryptKey } from './secret-storage.js'

/** A key that is kept. Nothing of this is secret. */
export interface KeptKey {
  readonly wallet: string
  readonly chain: Chain
  readonly address: string
  readonly path: string
}

const chains: readonly Chain[] = ['evm', 'solana']

/**
 * Keys in a folder, a file for each, encrypted by a passphrase. Files are for their owner alone, appear whole or not at
 * all, and are never overwritten.
 */
export class KeyStore {
  readonly #folder: string
  readonly #cost: number | undefined

  /** @param cost of guessing a passphrase: scrypt's N. */
  constructor(folder: string, cost?: number) {
    this.#folder = folder
    this.#cost = cost
  }

  /** Every key, by wallet and chain. @throws {TypeError} when a file is damaged. */
  async list(): Promise<readonly KeptKey[]> {
    const names = (await readdir(this.#folder).catch(noneIfAbsent)).flatMap((name) => {
      const [, wallet, chain] = /^([\w-]{1,64})\.(evm|solana)\.json$/.exec(name) ?? []
      return wallet && chain ? [{ wallet, chain: chain as Chain }] : []
    })
    const kept = await Promise.all(names.map(({ wallet, chain }) => this.#find(wallet, chain)))
    return kept.sort((a, b) => `${a.wallet} ${a.chain}`.localeCompare(`${b.wallet} ${b.chain}`))
  }

  /**
   * Keeps a key.
   *
   * @throws {TypeError} when the wallet has one for the chain already, or another passphrase, or the name is none.
   */
  async add(wallet: string, key: ChainKey, passphrase: string): Promise<KeptKey> {
    const path = this.#pathOf(wallet, key.chain)
    // One passphrase opens a wallet.
    if (await this.has(wallet)) await this.open(wallet, passphrase)
    const { chain, address } = key
    const stored = { ...(await encryptKey(key.bytes, passphrase, this.#cost)), address, chain }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const beside = `${path}.${stored.id}.new`
    await writeDurably(beside, `${JSON.stringify(stored)}\n`)
    try {
      // Unlike a rename, it fails where there is a file.
      await link(beside, path)
    } catch (error) {
      if (isCode(error, 'EEXIST'))
        throw new TypeError(`The wallet ${wallet} has a key for ${chain} already: ${path}`)
      throw error
    } finally {
      await unlink(beside)
    }
    await syncFolder(this.#folder)
    return { wallet, chain, address, path }
  }

  /** Whether a wallet has any key. @throws {TypeError} when the name is none, or a file is damaged. */
  async has(wallet: string): Promise<boolean> {
    this.#pathOf(wallet, 'evm')
    return (await this.list()).some((kept) => kept.wallet === wallet)
  }

  /** Decrypts the keys of a wallet, or one. @throws {TypeError} when there is none, or the passphrase is another. */
  async open(wallet: string, passphrase: string, only?: Chain): Promise<readonly ChainKey[]> {
    const keys = (await this.list()).filter(
      ({ wallet: name, chain }) => name === wallet && chain === (only ?? chain)
    )
    if (keys.length === 0) throw new TypeError(`There is no wallet ${wallet}: bursar wallet list`)
    return Promise.all(
      keys.map(async ({ chain, path, address }) => {
        const key = await chainKey(chain, await decryptKey(await readJson(path), passphrase))
        if (key.address !== address) throw new TypeError(`${path} holds another key than it says`)
        return key
      })
    )
  }

  /** The encrypted file of a key, as other programs read it. @throws {TypeError} */
  async read(wallet: string, chain: Chain): Promise<string> {
    const { path } = await this.#find(wallet, chain)
    return readFile(path, 'utf8')
  }

  /** The wallet that is used where none is named: the one that was chosen, or the only one. */
  async defaultWallet(): Promise<string | undefined> {
    const chosen = (await readFile(join(this.#folder, 'default'), 'utf8').catch(emptyIfAbsent)).trim()
    if (chosen !== '') return chosen
    const wallets = new Set((await this.list()).map(({ wallet }) => wallet))
    return wallets.size === 1 ? [...wallets][0] : undefined
  }

  /** Chooses it. @throws {TypeError} when there is no such wallet. */
  async setDefault(wallet: string): Promise<void> {
    if (!(await this.list()).some((kept) => kept.wallet === wallet))
      throw new TypeError(`There is no wallet ${wallet}: bursar wallet list`)
    const path = join(this.#folder, 'default')
    await writeFile(`${path}.new`, `${wallet}\n`, { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  async #find(wallet: string, chain: Chain): Promise<KeptKey> {
    const path = this.#pathOf(wallet, chain)
    const stored = await readJson(path)
    const address = isJsonObject(stored) ? stored.address : undefined
    if (typeof address !== 'string') throw new TypeError(`${path} is damaged`)
    return { wallet, chain, address, path }
  }

  #pathOf(wallet: string, chain: Chain): string {
    if (!/^[\w-]{1,64}$/.test(wallet)) throw new TypeError('A wallet has a name of letters, digits, _ and -')
    if (!chains.includes(chain)) throw new TypeError('The chain is evm or solana')
    return join(this.#folder, `${wallet}.${chain}.json`)
  }
}

/** Money is sent to the address as soon as it is shown: the key must be on the disk by then. */
async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } catch {
    // Not every system can.
  } finally {
    await folder.close()
  }
}

async function readJson(path: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw new TypeError(`There is no ${path}`)
    throw error
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new TypeError(`${path} is damaged`)
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function noneIfAbsent(error: unknown): string[] {
  if (isCode(error, 'ENOENT')) return []
  throw error
}

function emptyIfAbsent(error: unknown): string {
  if (isCode(error, 'ENOENT')) return ''
  throw error
}
