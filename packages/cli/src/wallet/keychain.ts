import { createHash } from 'node:crypto'
import { dataFolder } from '../files/data-folder.js'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'
import { runKeychain } from './run-keychain.js'

/** Reads a wallet's passphrase from the keychain of macOS, or from libsecret elsewhere. @throws {UsageError} */
export async function readKeychain(wallet: string, env: Env): Promise<string> {
  const entry = entryOf(wallet, env)
  const args = isMac()
    ? ['find-generic-password', '-s', 'bursar', '-a', entry, '-w']
    : ['lookup', 'service', 'bursar', 'wallet', entry]
  const passphrase = (await runKeychain({ program: programName(), args }, env)).replace(/\r?\n$/, '')
  if (passphrase !== '') return passphrase
  throw new UsageError(`The keychain has no passphrase of ${wallet}`)
}

/**
 * Keeps a wallet's passphrase in the keychain. It goes through standard input, since ps shows arguments.
 *
 * @throws {UsageError} also when the keychain does not give it back: nothing may be encrypted under it then.
 */
export async function writeKeychain(wallet: string, passphrase: string, env: Env): Promise<void> {
  const entry = entryOf(wallet, env)
  const call = isMac()
    ? { args: ['-i'], input: `add-generic-password -s bursar -a ${entry} -w ${passphrase}\n` }
    : {
        args: ['store', '--label', `bursar wallet ${wallet}`, 'service', 'bursar', 'wallet', entry],
        input: passphrase
      }
  await runKeychain({ program: programName(), ...call }, env)
  // The program of a Mac ends with 0 also when it has kept nothing.
  if ((await readKeychain(wallet, env).catch(() => undefined)) === passphrase) return
  throw new UsageError(
    `The keychain took the passphrase of ${wallet} and does not give it back. Nothing was encrypted under it`
  )
}

/** Keeps a wallet's passphrase under another name of the wallet as well. One that is there is not written over. @throws {UsageError} */
export async function copyKeychain(wallet: string, name: string, env: Env): Promise<void> {
  const passphrase = await readKeychain(wallet, env)
  const kept = await readKeychain(name, env).catch(() => undefined)
  if (kept === undefined) await writeKeychain(name, passphrase, env)
  else if (kept !== passphrase) throw new UsageError(`The keychain has another passphrase of ${name} already`)
}

/** Wallets of one name in two data folders are two wallets, and have two entries. */
function entryOf(wallet: string, env: Env): string {
  const folder = createHash('sha256').update(dataFolder(env)).digest('hex')
  return `${wallet}-${folder.slice(0, 12)}`
}

function isMac(): boolean {
  return process.platform === 'darwin'
}

function programName(): string {
  return isMac() ? 'security' : 'secret-tool'
}
