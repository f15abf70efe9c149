import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isFileError, removeFile, replaceFile } from '@bursar/core/files'
import type { KeyListing } from './key-folder.js'

/** The wallet that was chosen as the default, in a file of its own. */
export class DefaultWallet {
  readonly #path: string

  constructor(folder: string) {
    this.#path = join(folder, 'default')
  }

  /** The name that was chosen; `undefined` where none was. */
  async read(): Promise<string | undefined> {
    const name = (await readIfPresent(this.#path)).trim()
    return name === '' ? undefined : name
  }

  async write(wallet: string): Promise<void> {
    await replaceFile(this.#path, `${wallet}\n`)
  }

  /** Chooses none, where this wallet was chosen. */
  async forget(wallet: string): Promise<void> {
    if ((await this.read()) === wallet) await removeFile(this.#path)
  }

  /** The wallet, where there is but one. A damaged file beside a good one does not make a second. */
  only({ keys, damaged }: KeyListing): string | undefined {
    const wallets = new Set((keys.length > 0 ? keys : damaged).map(({ wallet }) => wallet))
    return wallets.size === 1 ? [...wallets][0] : undefined
  }
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return ''
    throw error
  }
}
