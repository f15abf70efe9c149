import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { encryptKeystoreJson, Wallet } from 'ethers'
import { describe, expect, it, onTestFinished } from 'vitest'

const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url))
const PASSPHRASE = 'correct horse'

function newHome(more: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-wallet-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const env = { PATH: process.env.PATH ?? '', BURSAR_HOME: home, ...more }
  /** Runs the command with its standard input as given: file descriptor 0. */
  const bursar = (input: string, ...argv: string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const child = spawn(process.execPath, [bin, ...argv], { env })
      let [out, err] = ['', '']
      child.stdout.on('data', (chunk) => (out += chunk))
      child.stderr.on('data', (chunk) => (err += chunk))
      child.on('close', (code) => resolve({ code, out, err }))
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    })
  return { home, bursar }
}

const withFd = ['--passphrase-fd', '0'] as const

describe('bursar wallet', () => {
  it('makes keys that others can open, and shows where to send money', async () => {
    const { home, bursar } = newHome()
    const made = await bursar(`${PASSPHRASE}\n`, ...withFd, 'wallet', 'create')
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Wallet main\n\nBase: send USDC on Base to\n/)
    })
    for (const line of made.out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80)
    const { keys: list }: { keys: { chain: string; address: string }[] } = JSON.parse(
      (await bursar('', 'wallet', 'list', '--json')).out
    )
    expect(list).toMatchObject([
      { chain: 'evm', isDefault: true },
      { chain: 'solana', isDefault: true }
    ])
    const file = (await bursar('', 'wallet', 'export', '--chain', 'evm')).out
    const opened = await Wallet.fromEncryptedJson(file, PASSPHRASE)
    expect(opened.address).toBe(list[0]?.address)
    const evm = await bursar(PASSPHRASE, ...withFd, 'wallet', 'export', '--chain', 'evm', '--plain')
    expect(evm.out).toBe(`${opened.privateKey}\n`)
    const solana = await bursar(PASSPHRASE, ...withFd, 'wallet', 'export', '--chain', 'solana', '--plain')
    const keypair = Keypair.fromSecretKey(bs58.decode(solana.out.trim()))
    expect(keypair.publicKey.toBase58()).toBe(list[1]?.address)
    const said = JSON.stringify([made, list, await bursar('', 'wallet', 'show', '--json')])
    for (const secret of [opened.privateKey.slice(2), solana.out.trim(), PASSPHRASE])
      expect(said).not.toContain(secret)
    expect(await bursar(PASSPHRASE, ...withFd, 'wallet', 'create')).toMatchObject({
      code: 2,
      err: expect.stringContaining('has a key for evm and solana already')
    })
    expect(readFileSync(join(home, 'keys', 'main.evm.json'), 'utf8')).not.toContain(
      opened.privateKey.slice(2)
    )
  })

  it('takes keys in: by file descriptor, from ethers, from solana-keygen', async () => {
    const { home, bursar } = newHome()
    const wallet = Wallet.createRandom()
    // Scrypt of ethers' own strength would be most of the test.
    const theirs = join(home, 'ethers.json')
    writeFileSync(
      theirs,
      await encryptKeystoreJson({ address: wallet.address, privateKey: wallet.privateKey }, PASSPHRASE, {
        scrypt: { N: 1024 }
      })
    )
    const given = await bursar(PASSPHRASE, ...withFd, 'wallet', 'import', 'theirs', '--file', theirs)
    expect(given).toMatchObject({ code: 0, out: `theirs  evm  ${wallet.address}\n` })
    const keypair = Keypair.generate()
    const keygen = join(home, 'id.json')
    writeFileSync(keygen, JSON.stringify([...keypair.secretKey]))
    const taken = await bursar(PASSPHRASE, ...withFd, 'wallet', 'import', 'theirs', '--file', keygen)
    expect(taken.out).toBe(`theirs  solana  ${keypair.publicKey.toBase58()}\n`)
    const twice = await bursar(PASSPHRASE, ...withFd, 'wallet', 'import', 'theirs', '--file', keygen)
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('has a key for solana already') })
    expect((await bursar('', 'wallet', 'default', 'theirs')).code).toBe(0)
  })

  it('asks nobody where there is no terminal, and says what else would do', async () => {
    const { bursar } = newHome()
    expect(await bursar('', 'wallet', 'create')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--passphrase-fd')
    })
    expect(await bursar('', 'wallet', 'import')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--key-fd')
    })
    expect(await bursar('short', ...withFd, 'wallet', 'create')).toMatchObject({ code: 2 })
    expect(await bursar('', 'balance')).toMatchObject({
      code: 2,
      err: expect.stringContaining('wallet create')
    })
    expect((await bursar('', 'wallet', 'list')).out).toContain('bursar wallet create')
  })

  it('is what other commands pay from, with its passphrase', async () => {
    const { bursar } = newHome({ BURSAR_RPC_BASE: 'http://127.0.0.1:9' })
    await bursar(PASSPHRASE, ...withFd, 'wallet', 'create', 'cold', '--chain', 'evm')
    const [{ address } = { address: '' }] = JSON.parse(
      (await bursar('', 'wallet', 'list', '--json')).out
    ).keys
    const balance = await bursar(PASSPHRASE, ...withFd, 'balance', '--json')
    expect(JSON.parse(balance.out)).toMatchObject({ wallets: [{ address, error: 'rpc/unavailable' }] })
    const wrong = await bursar('another one', ...withFd, '--wallet', 'cold', 'balance')
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('The passphrase does not open') })
  })

  it('keeps its passphrase in the keychain of the system, and never among arguments', async () => {
    // libsecret needs a desktop's session: its command is stood in for by one that keeps its input in a file.
    const { home, bursar } = newHome()
    const folder = join(home, 'programs')
    mkdirSync(folder)
    writeFileSync(
      join(folder, 'secret-tool'),
      `#!/bin/sh\necho "$@" >> "${home}/asked"\nif [ "$1" = store ]; then cat > "${home}/kept"; else cat "${home}/kept"; fi\n`
    )
    chmodSync(join(folder, 'secret-tool'), 0o755)
    const withKeychain = (...argv: string[]) => run(home, folder, argv)
    expect((await withKeychain('--keychain', 'wallet', 'create', '--chain', 'evm', '--json')).code).toBe(0)
    const plain = await withKeychain('--keychain', 'wallet', 'export', '--chain', 'evm', '--plain')
    expect(plain.out).toMatch(/^0x[0-9a-f]{64}\n$/)
    const kept = readFileSync(join(home, 'kept'), 'utf8')
    expect(kept).toMatch(/^[\w-]{43}$/)
    expect(readFileSync(join(home, 'asked'), 'utf8')).not.toContain(kept)
    // By a name of this home: a wallet of the same name elsewhere has another.
    expect(readFileSync(join(home, 'asked'), 'utf8')).toMatch(/ wallet main-[0-9a-f]{12}\n/)
    // What it keeps opens a wallet: it is never written over, whatever the keychain answers.
    rmSync(join(folder, 'secret-tool'))
    expect((await withKeychain('--keychain', 'wallet', 'create', '--chain', 'solana')).code).toBe(2)
    expect(readFileSync(join(home, 'kept'), 'utf8')).toBe(kept)
    expect((await bursar('', '--keychain', 'wallet', 'export', '--chain', 'evm', '--plain')).err).toContain(
      'There is no secret-tool'
    )
  })
})

function run(home: string, folder: string, argv: readonly string[]) {
  return new Promise<{ code: number | null; out: string }>((resolve) => {
    const env = { PATH: `${folder}:${process.env.PATH}`, BURSAR_HOME: home }
    const child = spawn(process.execPath, [bin, ...argv], { env })
    let out = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    child.on('close', (code) => resolve({ code, out }))
  })
}
