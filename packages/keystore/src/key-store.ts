import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkText } from '@bursar/core'
import { createFile, isFileError, makeFolder } from '@bursar/core/files'
import type { Chain, ChainKey } from './chain-key.js'
import { DefaultWallet } from './default-wallet.js'
import { DerivedKeys } from './derived-keys.js'
import { keyExists, noSuchKey } from './key-error.js'
import { encryptKeyFile, openKeyFile, openKnownFile, readKeyFile, watchOnlyFile } from './key-file.js'
import { findKeys, type KeptKey, type KeyListing, type KeyPlace, listKeys, readKept } from './key-folder.js'
import { moveFiles, removeFiles, replaceFiles } from './move-files.js'
import { deriveKey, encryptionId } from './secret-storage.js'
import { assertCost, assertName } from './store-checks.js'

/**
 * Private keys in a folder, one encrypted file for each. Files are for their owner alone (mode 0600), appear whole or not
 * at all, and are never overwritten, except by the same key under another passphrase.
 *
 * Two processes may add at once. Renaming, removing and changing a passphrase must not run beside each other.
 */
export class KeyStore {
  readonly #folder: string
  readonly #cost: number | undefined
  readonly #default: DefaultWallet

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
    this.#default = new DefaultWallet(folder)
  }

  /** Every key, and every file that is damaged. */
  list(): Promise<KeyListing> {
    return listKeys(this.#folder)
  }

  /**
   * Adds a key to a wallet. All keys of a wallet have one passphrase.
   *
   * @throws {TypeError} when the name is malformed.
   * @throws {BursarError} `key/exists`, `key/passphrase-wrong`, `key/damaged`, `key/watch-only`
   */
  async add(wallet: string, key: ChainKey, passphrase: string): Promise<KeptKey> {
    if (await this.has(wallet)) await this.open(wallet, passphrase)
    const { chain, address } = key
    return this.#create({ wallet, chain, address }, () => encryptKeyFile(key, passphrase, this.#cost))
  }

  /**
   * Adds an address to look at, without its key.
   *
   * @throws {TypeError} when the name is malformed.
   * @throws {BursarError} `key/exists`
   */
  async watch(wallet: string, chain: Chain, address: string): Promise<KeptKey> {
    const kept = await this.#create({ wallet, chain, address }, async () => watchOnlyFile(chain, address))
    return { ...kept, watchOnly: true }
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
   * @throws {BursarError} `key/not-found`, `key/passphrase-wrong`, `key/damaged`, `key/watch-only`
   */
  async open(wallet: string, passphrase: string, chain?: Chain): Promise<readonly ChainKey[]> {
    const places = await this.#existing(wallet, chain)
    return Promise.all(places.map((place) => openKeyFile(place, passphrase)))
  }

  /** Decrypts the keys of a wallet with what was derived before. `undefined`: not for all of its files. */
  async openDerived(wallet: string, derived: DerivedKeys): Promise<readonly ChainKey[] | undefined> {
    const places = await this.#existing(wallet)
    const keys = await Promise.all(places.map((place) => openKnownFile(place, derived)))
    return keys.every((key) => key !== undefined) ? keys : undefined
  }

  /** Derives what opens the files of a wallet. @throws {BursarError} as {@link open} */
  async derive(wallet: string, passphrase: string): Promise<DerivedKeys> {
    const files = await Promise.all((await this.#existing(wallet)).map(readKeyFile))
    return new DerivedKeys(
      await Promise.all(
        files.map(async (file) => [encryptionId(file), await deriveKey(file, passphrase)] as const)
      )
    )
  }

  /** By which each file of a wallet is known in {@link derive}. @throws {BursarError} `key/not-found`, `key/damaged` */
  async encryptionIds(wallet: string): Promise<readonly string[]> {
    return (await Promise.all((await this.#existing(wallet)).map(readKeyFile))).map(encryptionId)
  }

  /** The encrypted file of a key, as other programs read it. @throws {BursarError} `key/not-found` */
  async read(wallet: string, chain: Chain): Promise<string> {
    const [place] = await this.#existing(wallet, chain)
    if (!place) throw noSuchKey(wallet, chain)
    return readFile(place.path, 'utf8')
  }

  /** Gives a wallet another name. It stays the default if it was. @throws {BursarError} `key/not-found`, `key/exists` */
  async rename(wallet: string, name: string): Promise<void> {
    assertName(name)
    const places = await this.#existing(wallet)
    const [taken] = await this.#find(name)
    if (taken) throw keyExists(name, taken.chain)
    const chosen = await this.#default.read()
    await moveFiles(
      places.map(({ path, chain }) => ({ from: path, to: this.#pathOf(name, chain) })),
      async () => {
        if (chosen === wallet) await this.#default.write(name)
      }
    )
  }

  /** Removes the files of a wallet, whatever is in them. @throws {BursarError} `key/not-found` */
  async remove(wallet: string): Promise<void> {
    const places = await this.#existing(wallet)
    await removeFiles(places.map(({ path }) => path))
    await this.#default.forget(wallet)
  }

  /**
   * Encrypts the keys of a wallet under another passphrase. When this was cut short before, it is carried on: a file that
   * the new passphrase opens already stays as it is.
   *
   * @throws {BursarError} `key/not-found`, `key/passphrase-wrong`, `key/damaged`, `key/watch-only`
   */
  async changePassphrase(
    wallet: string,
    passphrases: { readonly before: string; readonly after: string }
  ): Promise<void> {
    const places = await this.#existing(wallet)
    await replaceFiles(places, passphrases, this.#cost)
  }

  /** The wallet that is used where none is named: the one that was chosen, else the only one. */
  async defaultWallet(): Promise<string | undefined> {
    return (await this.#default.read()) ?? this.#default.only(await this.list())
  }

  /** Chooses the default wallet. @throws {BursarError} `key/not-found` */
  async setDefault(wallet: string): Promise<void> {
    await this.#existing(wallet)
    await this.#default.write(wallet)
  }

  async #create(
    { wallet, chain, address }: Omit<KeptKey, 'path'>,
    textOf: () => Promise<string>
  ): Promise<KeptKey> {
    const path = this.#pathOf(wallet, chain)
    // The only wallet stays the default when a second one is added.
    const before = await this.defaultWallet()
    if (before !== undefined && before !== wallet) await this.#default.write(before)
    const text = await textOf()
    await makeFolder(this.#folder, 0o700)
    await createFile(path, text).catch((error: unknown) => {
      throw isFileError(error, 'EEXIST') ? keyExists(wallet, chain) : error
    })
    return { wallet, chain, address, path }
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

  #pathOf(wallet: string, chain: Chain): string {
    assertName(wallet)
    return join(this.#folder, `${wallet}.${chain}.json`)
  }
}
