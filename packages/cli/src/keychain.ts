import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { defaultPath } from '@bursar/ledger/sqlite'

type Env = Readonly<Record<string, string | undefined>>

/** Wallets of one name in two homes are two: what opens one is never written over for the other. */
function entryOf(wallet: string, env: Env): string {
  const home = createHash('sha256')
    .update(dirname(defaultPath(env)))
    .digest('hex')
  return `${wallet}-${home.slice(0, 12)}`
}

/** Reads a wallet's passphrase from the keychain of macOS, or from libsecret's elsewhere. @throws {TypeError} */
export async function readKeychain(wallet: string, env: Env): Promise<string> {
  const entry = entryOf(wallet, env)
  const found =
    process.platform === 'darwin'
      ? await ask('security', ['find-generic-password', '-s', 'bursar', '-a', entry, '-w'], '', env)
      : await ask('secret-tool', ['lookup', 'service', 'bursar', 'wallet', entry], '', env)
  const passphrase = found.replace(/\r?\n$/, '')
  if (passphrase === '') throw new TypeError(`The keychain has no passphrase of ${wallet}`)
  return passphrase
}

/** Keeps a wallet's passphrase there. It goes by standard input: arguments are to be seen in ps. @throws {TypeError} */
export async function writeKeychain(wallet: string, passphrase: string, env: Env): Promise<void> {
  const entry = entryOf(wallet, env)
  if (process.platform === 'darwin') {
    await ask('security', ['-i'], `add-generic-password -s bursar -a ${entry} -w ${passphrase}\n`, env)
  } else {
    const labels = ['--label', `bursar wallet ${wallet}`, 'service', 'bursar', 'wallet', entry]
    await ask('secret-tool', ['store', ...labels], passphrase, env)
  }
}

function ask(program: string, args: readonly string[], input: string, env: Env): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], env: env as NodeJS.ProcessEnv })
    let out = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    child.on('error', () =>
      reject(new TypeError(`There is no ${program} on this machine, which keeps the passphrase`))
    )
    child.on('close', (code) =>
      code === 0
        ? resolve(out)
        : reject(new TypeError(`The keychain did not answer (${program} ended with ${code})`))
    )
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
