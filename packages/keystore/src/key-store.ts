import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkText } from '@bursar/core'
import { type Chain, type ChainKey, createChainKey } from './chain-key.js'
import { createFile, isFileError, replaceFile } from './durable-file.js'
import { damagedKey, keyExists, noSuchKey } from './key-error.js'
import {
  findKeys,
  type KeptKey,
  type KeyListing,
  type KeyPlace,
  listKeys,
  readJson,
  readKept
} from './key-folder.js'
import { decryptKey, encryptKey } from './secret-storage.js'
import { StoredFields } from './stored-fields.js'

/**
 * Private keys in a folder, one encrypted file for each. Files are for their owner alone (mode 0600), appear whole or not
 * at all, and are never overwritten.
 */
export class KeyStore {
  readonly #folder: string
  readonly #cost: number | undefined

  /**
   * @param folder where the files are. It is made with the first key.
   * @param cost scrypt's N, a power of two: how costly it is to guess a passphrase. Default: 2^17.
   * @throws {TypeError} when the folder is no text, or no file of that cost could be opened again.
   */
  constructor(folder: string, cost?: number) {
    checkText(folder, 'folder')
    if (cost !== undefined) assertCost(cost)
    this.#folder = folder
    this.#cost = cost
  }

  /** Every key, and every file that is damaged. */
  list(): Promise<KeyListing> {
    return listKeys(this.#folder)
  }

  /**
   * Adds a key to a wallet. All keys of a wallet have one passphrase.
   *
   * @throws {TypeError} when the name is malformed.
   * @throws {BursarError} `key/exists`, `key/passphrase-wrong`, `key/damaged`
   */
  async add(wallet: string, key: ChainKey, passphrase: string): Promise<KeptKey> {
    const path = this.#pathOf(wallet, key.chain)
    if (await this.has(wallet)) await this.open(wallet, passphrase)
    await this.#keepDefault(wallet)
    const { chain, address } = key
    const stored = { ...(await encryptKey(key.bytes, passphrase, this.#cost)), address, chain }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await createFile(path, `${JSON.stringify(stored)}\n`).catch((error: unknown) => {
      throw isFileError(error, 'EEXIST') ? keyExists(wallet, chain) : error
    })
    return { wallet, chain, address, path }
  }

  /** Whether a wallet has any key. @throws {TypeError} when the name is malformed. */
  async has(wallet: string): Promise<boolean> {
    assertName(wallet)
    return (await this.#find(wallet)).length > 0
  }

  /** Where the keys of a wallet are paid. Needs no passphrase. @throws {BursarError} `key/not-found`, `key/damaged` */
  async addresses(wallet: string): Promise<readonly KeptKey[]> {
    return Promise.all((await this.#existing(wallet)).map(readKept))
  }

  /**
   * Decrypts the keys of a wallet, or its key for one chain.
   *
   * @throws {BursarError} `key/not-found`, `key/passphrase-wrong`, `key/damaged`
   */
  async open(wallet: string, passphrase: string, chain?: Chain): Promise<readonly ChainKey[]> {
    const places = await this.#existing(wallet, chain)
    return Promise.all(places.map((place) => openKey(place, passphrase)))
  }

  /** The encrypted file of a key, as other programs read it. @throws {BursarError} `key/not-found` */
  async read(wallet: string, chain: Chain): Promise<string> {
    const [place] = await this.#existing(wallet, chain)
    if (!place) throw noSuchKey(wallet, chain)
    return readFile(place.path, 'utf8')
  }

  /** The wallet that is used where none is named: the one that was chosen, else the only one. */
  async defaultWallet(): Promise<string | undefined> {
    const chosen = await readIfPresent(this.#defaultPath)
    if (chosen.trim() !== '') return chosen.trim()
    const { keys, damaged } = await this.list()
    // A damaged file beside a good one does not make a second wallet.
    const wallets = new Set((keys.length > 0 ? keys : damaged).map(({ wallet }) => wallet))
    return wallets.size === 1 ? [...wallets][0] : undefined
  }

  /** Chooses the default wallet. @throws {BursarError} `key/not-found` */
  async setDefault(wallet: string): Promise<void> {
    await this.#existing(wallet)
    await replaceFile(this.#defaultPath, `${wallet}\n`)
  }

  /** The only wallet stays the default when a second one is added. */
  async #keepDefault(added: string): Promise<void> {
    const before = await this.defaultWallet()
    if (before !== undefined && before !== added) await replaceFile(this.#defaultPath, `${before}\n`)
  }

  async #find(wallet: string, chain?: Chain): Promise<readonly KeyPlace[]> {
    const places = await findKeys(this.#folder)
    return places.filter((place) => place.wallet === wallet && (chain === undefined || place.chain === chain))
  }

  async #existing(wallet: string, chain?: Chain): Promise<readonly KeyPlace[]> {
    const places = await this.#find(wallet, chain)
    if (places.length > 0) return places
    throw (await this.#find(wallet)).length > 0 ? noSuchKey(wallet, chain) : noSuchKey(wallet)
  }

  get #defaultPath(): string {
    return join(this.#folder, 'default')
  }

  #pathOf(wallet: string, chain: Chain): string {
    assertName(wallet)
    return join(this.#folder, `${wallet}.${chain}.json`)
  }
}

/** A file that asks for more memory, or for another number, is rejected when it is read. */
function assertCost(cost: number): void {
  const isPowerOfTwo = Number.isSafeInteger(cost) && cost >= 2 && Number.isInteger(Math.log2(cost))
  if (!isPowerOfTwo || cost > 2 ** 20)
    throw new TypeError(`cost must be a power of two up to 2^20, not ${cost}`)
}

async function openKey({ chain, path }: KeyPlace, passphrase: string): Promise<ChainKey> {
  const stored = await readJson(path)
  const address = new StoredFields(stored, path).text('address')
  const key = await createChainKey(chain, await decryptKey({ stored, path }, passphrase))
  if (key.address !== address) throw damagedKey(path, 'it holds the key of another address than it says')
  return key
}

function assertName(wallet: string): void {
  if (!/^[\w-]{1,64}$/.test(wallet))
    throw new TypeError(
      `The name of a wallet must be 1 to 64 letters, digits, _ or -, not "${wallet.slice(0, 70)}"`
    )
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return ''
    throw error
  }
}
