import { describe, expect, it } from 'vitest'
import { newTerminal } from '../../test/terminal.js'

const EVM = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const SOLANA = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk'
const WORDS = 'test test test test test test test test test test test junk'
const PASSPHRASE = 'correct horse'

describe('bursar wallet watch', () => {
  it('keeps addresses of both chains, which balance reads without a passphrase', async () => {
    const env = { BURSAR_RPC_BASE: 'http://127.0.0.1:9', BURSAR_RPC_SOLANA: 'http://127.0.0.1:9' }
    const { bursar, asked } = newTerminal({ env, answers: [] })
    const watched = await bursar('wallet', 'watch', 'treasury', EVM.toLowerCase(), SOLANA, '--json')
    expect(JSON.parse(watched.out).keys).toEqual([
      { wallet: 'treasury', chain: 'evm', address: EVM, watchOnly: true },
      { wallet: 'treasury', chain: 'solana', address: SOLANA, watchOnly: true }
    ])
    expect((await bursar('wallet', 'list')).out).toMatch(/^\* {2}treasury \(watch-only\) {2}evm {2,}0x/m)
    const { wallets } = JSON.parse((await bursar('balance', '--json')).out)
    expect(wallets).toMatchObject([{ address: EVM }, { address: SOLANA }])
    expect(asked).toEqual([])
  })

  it('signs nothing, and says so, with a passphrase at hand or without', async () => {
    const { bursar } = newTerminal({ env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' }, answers: [PASSPHRASE] })
    await bursar('wallet', 'watch', 'treasury', EVM)
    for (const argv of [
      ['pay', 'http://127.0.0.1:9/', '--max-amount', '1'],
      ['proof'],
      ['unlock'],
      ['wallet', 'export', '--chain', 'evm', '--plain'],
      ['wallet', 'sweep', 'treasury', '--to', '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', '--yes']
    ])
      expect(await bursar(...argv), argv.join(' ')).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('key/watch-only')
      })
  })

  it('takes no address that is none, twice one chain, or a name that is in use', async () => {
    const { bursar } = newTerminal()
    await bursar('wallet', 'watch', 'treasury', EVM)
    for (const [argv, why] of [
      [['other', `${EVM.slice(0, -1)}7`], 'are not its checksum'],
      [['other', EVM.slice(1)], 'is no address'],
      [['other', EVM, EVM], 'one address for EVM and one for Solana'],
      [['treasury', SOLANA], 'There is a wallet treasury already'],
      [['../x', SOLANA], 'must be 1 to 64 letters']
    ] as const)
      expect(await bursar('wallet', 'watch', ...argv)).toMatchObject({
        code: 2,
        err: expect.stringContaining(why)
      })
    expect(JSON.parse((await bursar('wallet', 'list', '--json')).out).keys).toHaveLength(1)
  })
})

describe('bursar wallet import of a mnemonic', () => {
  it('P43: takes the first account of both chains, or one by its path', async () => {
    const { bursar } = newTerminal({
      answers: [WORDS, PASSPHRASE, PASSPHRASE, WORDS, PASSPHRASE, PASSPHRASE]
    })
    const both = await bursar('wallet', 'import', 'main')
    expect(both.out).toMatch(new RegExp(`^main {2}evm {2}${EVM}\nmain {2}solana {2}\\w{32,44}\n$`))
    const second = await bursar(
      ...['wallet', 'import', 'second', '--chain', 'evm', '--path', "m/44'/60'/0'/0/1", '--json']
    )
    expect(JSON.parse(second.out).keys).toEqual([
      { wallet: 'second', chain: 'evm', address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' }
    ])
    expect(JSON.stringify([both, second])).not.toContain('junk')
  })

  it('keeps nothing when words, path or chain are wrong, and shows no word', async () => {
    const typed = [`${WORDS}s`, WORDS, WORDS, `0x${'11'.repeat(32)}`, `0x${'11'.repeat(32)}`]
    const { bursar } = newTerminal({ answers: typed })
    for (const [argv, why] of [
      [[], 'not the words of a mnemonic'],
      [['--path', "m/44'/60'/0'/0/1"], 'add --chain evm or --chain solana'],
      [['--chain', 'solana', '--path', 'm/44/501'], 'every step of a path ends'],
      [['--path', "m/44'/60'/0'/0/1"], '--path is for a mnemonic'],
      [['--chain', 'solana'], 'This is a key for evm']
    ] as const) {
      const ended = await bursar('wallet', 'import', 'main', ...argv)
      expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) })
      expect(ended.err).not.toMatch(/junk|1111/)
    }
    expect((await bursar('wallet', 'list')).out).toContain('There is no wallet')
  })
})
