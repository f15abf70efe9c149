import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { newTerminal, type TerminalOptions } from './terminal.js'

/** The passphrase of every wallet of {@link withWallets}. */
const PASSPHRASE = 'correct horse battery'

/** A terminal whose home has wallets, by their names, and whose passphrase is in a file. */
export async function withWallets(
  keys: Readonly<Record<string, string>>,
  { env, ...options }: TerminalOptions = {}
) {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const passphraseFile = join(folder, 'passphrase')
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 })
  const terminal = newTerminal({ ...options, env: { BURSAR_PASSPHRASE_FILE: passphraseFile, ...env } })
  for (const [name, key] of Object.entries(keys)) {
    const path = join(folder, name)
    writeFileSync(path, key, { mode: 0o600 })
    const imported = await terminal.bursar(
      ...['wallet', 'import', name, '--key-fd', String(openSync(path, 'r')), '--json']
    )
    expect(imported).toMatchObject({ code: 0 })
  }
  return { ...terminal, passphraseFile }
}
