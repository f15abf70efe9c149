import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encryptKey } from '@bursar/keystore'
import { describe, expect, it } from 'vitest'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const PASSPHRASE = 'correct horse'
const ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const SOLANA_BYTES = JSON.stringify(Array.from({ length: 32 }, (_, index) => index + 1))

/** A file descriptor that holds a text, as `3<file` gives it. */
function descriptorOf(folder: string, text: string): string {
  const path = join(folder, `given-${randomUUID()}`)
  writeFileSync(path, text)
  return String(openSync(path, 'r'))
}

describe('bursar wallet import', () => {
  it('reads a key file of another program with the passphrase of that file', async () => {
    const { bursar, home, asked } = newTerminal({ answers: ["the file's own", PASSPHRASE, PASSPHRASE] })
    const file = join(home, 'UTC--geth.json')
    const stored = await encryptKey(Buffer.from(EVM_KEY.slice(2), 'hex'), "the file's own", 1024)
    writeFileSync(file, JSON.stringify(stored))
    expect(await bursar('wallet', 'import', 'main', '--file', file)).toMatchObject({
      code: 0,
      out: `main  evm  ${ADDRESS}\n`
    })
    expect(asked).toEqual(["Passphrase of main's file: ", 'New passphrase for main: ', 'The same again: '])
  })

  it('reads a file of solana-keygen, which has no passphrase, and adds it to the wallet', async () => {
    const { bursar, home } = newTerminal({ answers: [EVM_KEY, PASSPHRASE, PASSPHRASE, PASSPHRASE] })
    const file = join(home, 'id.json')
    writeFileSync(file, SOLANA_BYTES)
    expect((await bursar('wallet', 'import')).code).toBe(0)
    expect((await bursar('wallet', 'import', 'main', '--file', file)).out).toMatch(
      /^main {2}solana {2}\w+\n$/
    )
    expect((await bursar('wallet', 'list', '--json')).out.match(/"wallet":"main"/g)).toHaveLength(2)
  })

  it('reads key and passphrase from descriptors, and shows neither', async () => {
    const { bursar, home } = newTerminal()
    const key = descriptorOf(home, `${EVM_KEY}\n`)
    const passphrase = descriptorOf(home, `${PASSPHRASE}\nsecond line`)
    const ended = await bursar('--passphrase-fd', passphrase, 'wallet', 'import', 'main', '--key-fd', key)
    expect(ended).toEqual({ code: 0, out: `main  evm  ${ADDRESS}\n`, err: '' })
    const again = descriptorOf(home, PASSPHRASE)
    const plain = await bursar('--passphrase-fd', again, 'wallet', 'export', '--chain', 'evm', '--plain')
    expect(plain.out).toBe(`${EVM_KEY}\n`)
    // Each was closed once it was read.
    for (const descriptor of [key, passphrase, again]) expect(() => closeSync(Number(descriptor))).toThrow()
  })

  it('ends with 2 and keeps nothing when the file or its passphrase is wrong', async () => {
    const { bursar, home } = newTerminal({ answers: ['wrong', 'right', 'right', 'right'] })
    const file = join(home, 'key.json')
    const stored = await encryptKey(Buffer.from(EVM_KEY.slice(2), 'hex'), 'right', 1024)
    const wrong: [text: string, why: string][] = [
      [JSON.stringify(stored), 'key/passphrase-wrong'],
      [JSON.stringify({ ...stored, version: 1 }), 'it is not of version 3'],
      ['{', 'cannot be read as a key file'],
      ['[1,2,3]', 'not a private key']
    ]
    for (const [text, why] of wrong) {
      writeFileSync(file, text)
      const ended = await bursar('wallet', 'import', 'main', '--file', file)
      expect(ended, why).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) })
    }
    expect((await bursar('wallet', 'list')).out).toBe('There is no wallet: bursar wallet create\n')
  })

  it('shows nothing of a file that holds the key alone', async () => {
    const { bursar, home } = newTerminal({ answers: [] })
    const file = join(home, 'key.txt')
    writeFileSync(file, `c0ffee${EVM_KEY.slice(8)}`)
    const ended = await bursar('wallet', 'import', 'main', '--file', file)
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read as a key file') })
    expect(ended.err).not.toContain('c0ff')
  })

  it('adds no key under another passphrase than the wallet has', async () => {
    const { bursar, home } = newTerminal({ answers: [EVM_KEY, PASSPHRASE, PASSPHRASE, 'another passphrase'] })
    await bursar('wallet', 'import')
    const before = readFileSync(join(home, 'keys', 'main.evm.json'), 'utf8')
    const key = descriptorOf(home, SOLANA_BYTES)
    expect(await bursar('wallet', 'import', 'main', '--key-fd', key)).toMatchObject({
      code: 2,
      err: expect.stringContaining('key/passphrase-wrong')
    })
    expect((await bursar('wallet', 'list')).out).not.toContain('solana')
    expect(readFileSync(join(home, 'keys', 'main.evm.json'), 'utf8')).toBe(before)
  })
})

describe('which wallet pays', () => {
  it('is asked for by name where there are several and none was chosen', async () => {
    const { bursar, home } = newTerminal({ answers: [] })
    for (const name of ['hot', 'cold']) {
      const stored = await encryptKey(Buffer.from(EVM_KEY.slice(2), 'hex'), PASSPHRASE, 1024)
      await bursar('limits', 'set', 'payment=1')
      writeKey(home, name, { ...stored, address: ADDRESS, chain: 'evm' })
    }
    expect(await bursar('balance')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/There are 2 wallets \(cold, hot\): add --wallet NAME/)
    })
    const fd = descriptorOf(home, PASSPHRASE)
    const plain = await bursar('--wallet', 'hot', '--passphrase-fd', fd, 'wallet', 'show', 'hot', '--json')
    expect(JSON.parse(plain.out)).toMatchObject({ keys: [{ wallet: 'hot', address: ADDRESS }] })
  })

  it('P45: is looked at without its passphrase, and pays with it alone', async () => {
    const { bursar, home, asked } = newTerminal({
      env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' },
      answers: ['wrong passphrase']
    })
    const stored = await encryptKey(Buffer.from(EVM_KEY.slice(2), 'hex'), PASSPHRASE, 1024)
    writeKey(home, 'main', { ...stored, address: ADDRESS, chain: 'evm' })
    expect(JSON.parse((await bursar('balance', '--json')).out)).toMatchObject({
      wallets: [{ address: ADDRESS }]
    })
    expect(asked).toEqual([])
    expect(await bursar('pay', 'http://127.0.0.1:9/', '--max-amount', '1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('key/passphrase-wrong')
    })
    expect(asked).toEqual(['Passphrase of main: '])
  })
})

function writeKey(home: string, wallet: string, stored: object): void {
  const folder = join(home, 'keys')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${wallet}.evm.json`), JSON.stringify(stored))
}
