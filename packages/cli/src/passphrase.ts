import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Io } from './io.js'
import { readKeychain, writeKeychain } from './keychain.js'

/** Where a passphrase comes from, as the options before a verb say. */
export interface PassphraseOptions {
  /** A file descriptor that it is read from, to its first line break. */
  readonly passphraseFd?: string
  /** The operating system's keychain. */
  readonly keychain?: boolean
}

/** Gets the passphrase of a wallet that exists. @throws {TypeError} when there is no way to. */
export async function passphraseFor(io: Io, wallet: string, options: PassphraseOptions): Promise<string> {
  if (options.passphraseFd !== undefined) return once(io, options.passphraseFd)
  if (options.keychain) return readKeychain(wallet, io.env)
  if (io.ask) return io.ask(`Passphrase of ${wallet}: `)
  throw noTerminal()
}

/**
 * Gets a passphrase for a wallet that is being made: from a person twice, for the keychain a random one.
 *
 * @param exists whether the wallet has a key already, whose passphrase it then is.
 */
export async function newPassphrase(
  io: Io,
  wallet: string,
  options: PassphraseOptions,
  exists: boolean
): Promise<string> {
  if (exists) return passphraseFor(io, wallet, options)
  if (options.passphraseFd !== undefined) return strong(once(io, options.passphraseFd))
  if (options.keychain) {
    // What is there already would be lost, and with it whatever it opens.
    const kept = await readKeychain(wallet, io.env).catch(() => undefined)
    if (kept !== undefined) return kept
    const made = randomBytes(32).toString('base64url')
    await writeKeychain(wallet, made, io.env)
    return made
  }
  if (!io.ask) throw noTerminal()
  const first = strong(await io.ask(`New passphrase for ${wallet}: `))
  if ((await io.ask('The same again: ')) !== first)
    throw new TypeError('The two are not the same; nothing was written')
  return first
}

/** A descriptor can be read once, and a command may want its passphrase twice: for a file, and for what it becomes. */
const heard = new WeakMap<Io, string>()

function once(io: Io, descriptor: string): string {
  const passphrase = heard.get(io) ?? fromDescriptor(descriptor)
  heard.set(io, passphrase)
  return passphrase
}

const LEAST = 8

function strong(passphrase: string): string {
  if (passphrase.length < LEAST) throw new TypeError(`A passphrase has ${LEAST} characters at least`)
  return passphrase
}

/** @throws {TypeError} */
export function fromDescriptor(text: string): string {
  if (!/^\d+$/.test(text)) throw new TypeError('A file descriptor is a number, such as 3 with 3<file')
  try {
    return readFileSync(Number(text), 'utf8').split(/\r?\n/)[0] ?? ''
  } catch {
    throw new TypeError(`File descriptor ${text} cannot be read: give it with ${text}<file`)
  }
}

function noTerminal(): TypeError {
  return new TypeError(
    'There is no terminal to ask for the passphrase: --passphrase-fd 3 3<file, or --keychain'
  )
}
