import { randomBytes } from 'node:crypto'
import type { Io } from '../io.js'
import { UsageError } from '../usage-error.js'
import { readKeychain, writeKeychain } from './keychain.js'
import { readPassphraseFile } from './passphrase-file.js'
import { readDescriptor } from './read-descriptor.js'

const MIN_LENGTH = 8

/**
 * The passphrases of one command line: from a file descriptor (`--passphrase-fd`), a file (`--passphrase-file`), the
 * system's keychain (`--keychain`), or a person.
 */
export class Passphrases {
  readonly #io: Io
  /** What the descriptor held. It is read when the command starts, so that no program started later can. */
  readonly #given: string | undefined
  /** It is read when a passphrase is needed, since most verbs need none. */
  readonly #file: string | undefined
  readonly #useKeychain: boolean

  /** @throws {UsageError} when the descriptor cannot be read. */
  constructor(io: Io) {
    const {
      BURSAR_PASSPHRASE_FD: descriptor,
      BURSAR_PASSPHRASE_FILE: file,
      BURSAR_KEYCHAIN: keychain
    } = io.env
    this.#io = io
    this.#given = descriptor ? readDescriptor(descriptor) : undefined
    this.#file = file || undefined
    this.#useKeychain = keychain === '1'
  }

  /** Whether a passphrase can be had without asking a person. */
  get isAtHand(): boolean {
    return this.#given !== undefined || this.#file !== undefined || this.#useKeychain
  }

  /** The passphrase of a wallet that exists. @throws {UsageError} when there is no way to get it. */
  async get(wallet: string): Promise<string> {
    const given = this.#read()
    if (given !== undefined) return given
    if (this.#useKeychain) return readKeychain(wallet, this.#io.env)
    return this.#ask(`Passphrase of ${wallet}: `)
  }

  /** A passphrase for a new wallet: a person types it twice, and the keychain gets a random one. @throws {UsageError} */
  async create(wallet: string): Promise<string> {
    const given = this.#read()
    if (given !== undefined) return assertLength(given)
    if (this.#useKeychain) return this.#createInKeychain(wallet)
    const passphrase = assertLength(await this.#ask(`New passphrase for ${wallet}: `))
    if ((await this.#ask('The same again: ')) === passphrase) return passphrase
    throw new UsageError('The two passphrases differ. Nothing was written')
  }

  #read(): string | undefined {
    return this.#given ?? (this.#file === undefined ? undefined : readPassphraseFile(this.#file))
  }

  /** A passphrase that is there already may open a wallet, so it is never written over. */
  async #createInKeychain(wallet: string): Promise<string> {
    const { env } = this.#io
    const kept = await readKeychain(wallet, env).catch(() => undefined)
    if (kept !== undefined) return kept
    const passphrase = randomBytes(32).toString('base64url')
    await writeKeychain(wallet, passphrase, env)
    return passphrase
  }

  async #ask(question: string): Promise<string> {
    if (this.#io.ask) return this.#io.ask(question)
    throw new UsageError(
      'There is no terminal to ask for the passphrase: use --passphrase-fd 3 3<file, --passphrase-file FILE, --keychain, or bursar unlock before'
    )
  }
}

function assertLength(passphrase: string): string {
  if (passphrase.length >= MIN_LENGTH) return passphrase
  throw new UsageError(`A passphrase needs at least ${MIN_LENGTH} characters`)
}
