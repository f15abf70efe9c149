import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decryptKey, encryptKey } from '@bursar/keystore'
import { describe, expect, it } from 'vitest'
import { challenge, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { EVM_KEY, newTerminal, type TerminalOptions } from '../../test/terminal.js'

const PASSPHRASE = 'correct horse'
const twice = [PASSPHRASE, PASSPHRASE]

/** A terminal with a wallet `main` on Base. */
async function withWallet(options: TerminalOptions = {}) {
  const terminal = newTerminal({ ...options, answers: [...twice, ...(options.answers ?? [])] })
  expect((await terminal.bursar('wallet', 'create', '--chain', 'evm', '--json')).code).toBe(0)
  return terminal
}

/** A file that is for its owner alone. */
function secretFile(home: string, text: string, mode = 0o600): string {
  const path = join(home, `secret-${mode}-${text.length}`)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

describe('bursar wallet rename', () => {
  it('P43: gives another name, and stays what pays', async () => {
    const { bursar } = await withWallet()
    expect(await bursar('wallet', 'rename', 'main', 'hot', '--json')).toEqual({
      code: 0,
      out: '{"wallet":"hot","renamedFrom":"main"}\n',
      err: ''
    })
    expect(JSON.parse((await bursar('wallet', 'list', '--json')).out)).toMatchObject({
      keys: [{ wallet: 'hot', isDefault: true }]
    })
    for (const [argv, why] of [
      [['main', 'x'], 'There is no wallet main'],
      [['hot', '../x'], 'must be 1 to 64 letters'],
      [['hot', 'hot'], 'has a key for evm already']
    ] as const)
      expect(await bursar('wallet', 'rename', ...argv)).toMatchObject({
        code: 2,
        err: expect.stringContaining(why)
      })
  })
})

describe('bursar wallet remove', () => {
  it('P43: asks for the name, and removes nothing when another word is typed', async () => {
    const { bursar, home, asked } = await withWallet({ answers: ['yes', 'main'] })
    const { code, err } = await bursar('wallet', 'remove', 'main')
    expect(code).toBe(2)
    expect(err).toMatch(
      /^ {2}evm {5}0x\w{40}\n[\s\S]+is lost\.\n"main" was not entered\. Nothing was done\n$/
    )
    expect(asked.at(-1)).toBe('Type main to remove it: ')
    expect(existsSync(join(home, 'keys', 'main.evm.json'))).toBe(true)
    expect(await bursar('wallet', 'remove', 'main')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/\nmain is removed\.\n$/)
    })
    expect(readdirSync(join(home, 'keys'))).toEqual([])
  })

  it('without a terminal needs --yes, and says what it removed', async () => {
    const { bursar, home } = newTerminal()
    const file = secretFile(home, PASSPHRASE)
    await bursar('--passphrase-file', file, 'wallet', 'create', '--chain', 'evm', '--json')
    expect((await bursar('wallet', 'remove', 'main')).err).toContain('add --yes')
    const removed = await bursar('wallet', 'remove', 'main', '--yes', '--json')
    expect(JSON.parse(removed.out)).toEqual({
      wallet: 'main',
      removed: [expect.stringMatching(/^0x\w{40}$/)]
    })
  })

  it('refuses while a payment of the wallet may still be taken, unless it is forced', async () => {
    const { url } = await startPaidServer({
      '/lost': (arrival, response) =>
        arrival.payment === undefined ? challenge(arrival, response) : void response.destroy()
    })
    const { bursar } = newTerminal({
      env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' },
      answers: [EVM_KEY, ...twice, PASSPHRASE, 'main']
    })
    await bursar('wallet', 'import')
    expect((await bursar('pay', `${url}/lost`, '--max-amount', '1')).code).toBe(5)
    expect(await bursar('wallet', 'remove', 'main', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^A payment of main may still be taken: .+ Nothing was removed\n$/)
    })
    expect((await bursar('wallet', 'remove', 'main', '--force')).code).toBe(0)
  })

  it('M50: removes a damaged wallet, and names every other that is damaged', async () => {
    const { bursar, home } = await withWallet()
    writeFileSync(join(home, 'keys', 'broken.evm.json'), '{')
    expect((await bursar('wallet', 'remove', 'broken', '--yes')).code).toBe(0)
    expect((await bursar('wallet', 'list')).out).toMatch(/\n\* {2}main/)
  })
})

describe('bursar wallet passphrase', () => {
  it('P43: asks for the old one and twice for the new one', async () => {
    const { bursar, asked } = await withWallet({
      answers: [PASSPHRASE, 'another one', 'another one', 'another one']
    })
    expect((await bursar('wallet', 'passphrase')).code).toBe(0)
    expect(asked.slice(2)).toEqual(['Passphrase of main: ', 'New passphrase for main: ', 'The same again: '])
    expect((await bursar('wallet', 'export', '--chain', 'evm', '--plain')).code).toBe(0)
  })

  it('is told that the old one is wrong before it is asked for a new one', async () => {
    const { bursar, home, asked } = await withWallet({ answers: ['wrong horse'] })
    const before = readFileSync(join(home, 'keys', 'main.evm.json'), 'utf8')
    expect(await bursar('wallet', 'passphrase')).toMatchObject({
      code: 2,
      err: expect.stringContaining('key/passphrase-wrong')
    })
    expect(asked).toHaveLength(3)
    expect(readFileSync(join(home, 'keys', 'main.evm.json'), 'utf8')).toBe(before)
  })

  it('carries on a change that was cut off between two keys', async () => {
    const terminal = newTerminal({
      answers: [...twice, PASSPHRASE, 'another one', 'another one', 'another one']
    })
    const { bursar, home } = terminal
    await bursar('wallet', 'create', '--json')
    const path = join(home, 'keys', 'main.evm.json')
    const kept = JSON.parse(readFileSync(path, 'utf8'))
    const key = await decryptKey({ stored: kept, path }, PASSPHRASE)
    const changed = await encryptKey(key, 'another one', 1024)
    writeFileSync(path, JSON.stringify({ ...kept, ...changed }))
    expect((await bursar('wallet', 'passphrase')).code).toBe(0)
    expect((await bursar('wallet', 'export', '--chain', 'solana', '--plain')).code).toBe(0)
  })

  it('takes both from files, for scripts', async () => {
    const { bursar, home } = await withWallet()
    const [old, next] = [secretFile(home, PASSPHRASE), secretFile(home, 'another passphrase')]
    const changed = await bursar(
      ...['--passphrase-file', old],
      ...['wallet', 'passphrase', 'main', '--new-passphrase-file', next, '--json']
    )
    expect(changed).toEqual({ code: 0, out: '{"wallet":"main"}\n', err: '' })
    const open = (file: string) =>
      bursar('--passphrase-file', file, 'wallet', 'export', '--chain', 'evm', '--plain')
    expect([(await open(old)).code, (await open(next)).code]).toEqual([2, 0])
  })
})

describe('P46: a passphrase in a file', () => {
  it('is taken from --passphrase-file or BURSAR_PASSPHRASE_FILE, first line', async () => {
    const home = newTerminal().home
    const file = secretFile(home, `${PASSPHRASE}\nsecond line`)
    const { bursar, home: own } = newTerminal({ env: { BURSAR_PASSPHRASE_FILE: file } })
    expect((await bursar('wallet', 'create', '--chain', 'evm', '--json')).code).toBe(0)
    expect(statSync(join(own, 'keys')).mode & 0o777).toBe(0o700)
    expect((await bursar('wallet', 'export', '--chain', 'evm', '--plain')).out).toMatch(/^0x/)
  })

  it('is refused when others can read it, it is empty, or it is none; what needs none does not read it', async () => {
    const { home } = newTerminal()
    for (const [file, why] of [
      [secretFile(home, PASSPHRASE, 0o640), 'can be read by others (mode 640): chmod 600'],
      [secretFile(home, '\nx'), 'begins with an empty line'],
      [secretFile(home, 'x'.repeat(5000)), 'more than 4096 bytes'],
      [join(home, 'nothing'), 'cannot be read'],
      [home, 'no regular file']
    ] as const) {
      const { bursar } = newTerminal({ env: { BURSAR_PASSPHRASE_FILE: file } })
      const ended = await bursar('wallet', 'create')
      expect(ended).toMatchObject({ code: 2, err: expect.stringContaining(why) })
      expect(ended.err).not.toContain(PASSPHRASE)
      expect((await bursar('wallet', 'list')).code).toBe(0)
    }
  })
})
