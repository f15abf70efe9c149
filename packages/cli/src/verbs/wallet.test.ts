import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const PASSPHRASE = 'correct horse'
/** Typed for a new wallet. */
const twice = [PASSPHRASE, PASSPHRASE]

describe('bursar wallet', () => {
  it('P44: creates keys, shows where to send money within 80 columns, and says what is next', async () => {
    const { bursar, asked } = newTerminal({ answers: twice })
    const { code, out, err } = await bursar('wallet', 'create')
    expect(code).toBe(0)
    expect(out).toMatch(/^Wallet main\n\nBase: send USDC on Base to\n[\s\S]+Solana: send USDC on Solana to\n/)
    for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80)
    for (const next of ['bursar limits set', 'bursar doctor', 'wallet export']) expect(err).toContain(next)
    expect(asked).toEqual(['New passphrase for main: ', 'The same again: '])
  })

  it('P96: where only test money is used, it names the test networks and their own tokens', async () => {
    const { bursar } = newTerminal({ answers: twice, env: { BURSAR_TESTNET: '1' } })
    const { out } = await bursar('wallet', 'create')
    expect(out).toMatch(/send USDC on Base Sepolia to[\s\S]+0x036CbD53842c5426634e7929541eC2318f3dCF7e/)
    expect(out).toMatch(/send USDC on Solana Devnet to[\s\S]+4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU/)
    expect((await bursar('wallet', 'show')).out).toBe(out)
  })

  it('P42: keeps the first wallet as the one that pays when a second is created', async () => {
    const { bursar } = newTerminal({ answers: [...twice, ...twice] })
    await bursar('wallet', 'create', 'first', '--chain', 'evm', '--json')
    await bursar('wallet', 'create', 'second', '--chain', 'evm', '--json')
    expect((await bursar('wallet', 'list')).out).toMatch(
      /^ {3}Wallet {2}Chain {2}Address\n\* {2}first {3}evm {4}0x\w{40}\n {3}second {2}evm/
    )
    expect((await bursar('wallet', 'show', '--json')).out).toContain('"wallet":"first"')
    expect((await bursar('wallet', 'default', 'second')).code).toBe(0)
    expect((await bursar('wallet', 'show', '--json')).out).toContain('"wallet":"second"')
  })

  it('imports a key that a person types, and gives it out again', async () => {
    const { bursar, asked } = newTerminal({ answers: [EVM_KEY, ...twice, PASSPHRASE] })
    const imported = await bursar('wallet', 'import')
    expect(imported).toMatchObject({
      code: 0,
      out: 'main  evm  0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\n'
    })
    const plain = await bursar('wallet', 'export', '--chain', 'evm', '--plain')
    expect(plain.out).toBe(`${EVM_KEY}\n`)
    expect(plain.err).toContain('has the money')
    expect(asked.at(-1)).toBe('Passphrase of main: ')
    expect(JSON.stringify(imported)).not.toContain(EVM_KEY.slice(2))
  })

  it('M50: lists the rest beside a damaged file, and names it', async () => {
    const { bursar, home } = newTerminal({ answers: [...twice, PASSPHRASE] })
    await bursar('wallet', 'create', '--chain', 'evm', '--json')
    writeFileSync(join(home, 'keys', 'other.evm.json'), '')
    const list = await bursar('wallet', 'list')
    expect(list).toMatchObject({ code: 0, err: expect.stringMatching(/other\.evm\.json is damaged/) })
    expect(list.out).toMatch(/\n\* {2}main {4}evm/)
    expect((await bursar('wallet', 'export', '--chain', 'evm', '--plain')).code).toBe(0)
    expect(await bursar('--wallet', 'other', 'wallet', 'show', 'other')).toMatchObject({
      code: 2,
      err: expect.stringContaining('key/damaged')
    })
  })

  it('writes nothing when it is used wrongly, and says why', async () => {
    const { bursar, home } = newTerminal({
      answers: [...twice, PASSPHRASE, 'another one', 'short', '', 'nonsense']
    })
    await bursar('wallet', 'create', '--chain', 'evm', '--json')
    const before = readFileSync(join(home, 'keys', 'main.evm.json'), 'utf8')
    const wrong: [argv: string[], why: RegExp][] = [
      [['create', 'other'], /The two passphrases differ/],
      [['create', 'other'], /at least 8 characters/],
      [['import', 'other'], /not a private key/],
      [['import', 'other'], /not a private key/],
      [['create'], /has a key for evm already/],
      [['create', '../x'], /must be 1 to 64 letters/],
      [['create', '--chain', 'bitcoin'], /Allowed choices are evm, solana, both/],
      [['export'], /required option '--chain <name>'/],
      [['export', 'main', '--chain', 'solana'], /has no key for solana/],
      [['show', 'nobody'], /There is no wallet nobody/],
      [['default', 'nobody'], /There is no wallet nobody/],
      [['import', '--file', join(home, 'nothing.json')], /cannot be read as a key file/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar('wallet', ...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
    expect(readFileSync(join(home, 'keys', 'main.evm.json'), 'utf8')).toBe(before)
    expect((await bursar('wallet', 'list', '--json')).out.match(/"wallet"/g)).toHaveLength(1)
  })

  it('asks nobody where there is no terminal, and says what else would do', async () => {
    const { bursar } = newTerminal()
    expect((await bursar('wallet', 'list')).out).toBe('There is no wallet: bursar wallet create\n')
    for (const [argv, hint] of [
      [['create'], '--passphrase-fd'],
      [['import'], '--key-fd'],
      [['show'], 'wallet create']
    ] as const)
      expect(await bursar('wallet', ...argv)).toMatchObject({ code: 2, err: expect.stringContaining(hint) })
  })
})

describe('the accounts of other verbs', () => {
  it('P13: a malformed key in the environment is named, and never shown', async () => {
    const words = 'test test test test test test test test test test test junk'
    for (const [name, value] of [
      ['EVM_PRIVATE_KEY', '0xdeadbeef'],
      ['EVM_PRIVATE_KEY', words],
      ['SVM_PRIVATE_KEY', EVM_KEY]
    ] as const) {
      const ended = await newTerminal({ env: { [name]: value } }).bursar('balance', '--json')
      expect(ended).toMatchObject({ code: 2, err: expect.stringContaining(name) })
      expect(JSON.stringify(ended)).not.toContain(value)
    }
  })

  it('say what is missing when there is no account, or a wallet of another name', async () => {
    const { bursar } = newTerminal()
    expect(await bursar('balance')).toMatchObject({ code: 2, err: expect.stringContaining('wallet create') })
    expect(await bursar('--wallet', 'cold', 'balance')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no wallet cold')
    })
  })

  it('P61: an address that is none is named with its variable and value', async () => {
    const { bursar } = newTerminal({ env: { EVM_PRIVATE_KEY: EVM_KEY, KATANA_URL: 'kat.imgnai.com' } })
    for (const argv of [
      ['topup', '1', '--max-amount', '2'],
      ['image', 'x', '--max-amount', '1'],
      ['mcp', '--max-amount', '1', '--limit', 'day=1']
    ])
      expect(await bursar(...argv)).toMatchObject({
        code: 2,
        err: expect.stringContaining('KATANA_URL is "kat.imgnai.com"')
      })
    expect((await bursar('topup', '1', '--max-amount', '2', '--url', 'ftp://x')).err).toContain(
      '--url is "ftp://x"'
    )
  })

  it('an RPC endpoint that is none is named without its value, which may hold a key', async () => {
    const env = { EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: 'base.example/secret' }
    const ended = await newTerminal({ env }).bursar('balance')
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('BURSAR_RPC_BASE') })
    expect(ended.err).not.toContain('secret')
  })
})
