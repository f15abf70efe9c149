import { describe, expect, it } from 'vitest'
import { formatKey } from './chain-key.js'
import { isMnemonic, keyFromMnemonic } from './mnemonic.js'

const WORDS = 'test test test test test test test test test test test junk'

describe('a mnemonic', () => {
  it('P43: gives the keys that anvil and hardhat show for it, by the path of each account', async () => {
    const first = await keyFromMnemonic(WORDS, { chain: 'evm' })
    expect(first.address).toBe('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')
    expect(formatKey(first)).toBe('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80')
    const second = await keyFromMnemonic(` ${WORDS.toUpperCase()}\n`, {
      chain: 'evm',
      path: "m/44'/60'/0'/0/1"
    })
    expect(second.address).toBe('0x70997970C51812dc3A010C7d01b50e0d17dc79C8')
  })

  it('gives the key that SLIP-0010 has for ed25519, by the words of its seed', async () => {
    // Phantom's and solana-keygen's first account of these words, by @solana/web3.js's own derivation of the seed below.
    const abandon = `${'abandon '.repeat(11)}about`
    const { address, bytes } = await keyFromMnemonic(abandon, { chain: 'solana' })
    expect(address).toBe('HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk')
    expect(Buffer.from(bytes).toString('hex')).toBe(
      '37df573b3ac4ad5b522e064e25b63ea16bcbe79d449e81a0268d1047948bb445'
    )
  })

  it('is refused with a wrong word or path, and none of its words is shown', async () => {
    const wrong: [words: string, path: string | undefined, chain: 'evm' | 'solana', why: string][] = [
      [WORDS.replace('junk', 'test'), undefined, 'evm', 'not the words of a mnemonic'],
      [WORDS.replace('junk', 'junkyard'), undefined, 'evm', 'not the words of a mnemonic'],
      [WORDS, '44/60', 'evm', 'A derivation path is such as'],
      [WORDS, "m/44'/4294967296", 'evm', 'A derivation path is such as'],
      [WORDS, "m/44'/501'/0'/0", 'solana', "every step of a path ends with '"]
    ]
    for (const [words, path, chain, why] of wrong) {
      const error = await keyFromMnemonic(words, { chain, path }).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain(why)
      expect(String(error)).not.toMatch(/test test|junk/)
    }
  })

  it('is told from a key by its looks', () => {
    expect([
      isMnemonic(WORDS),
      isMnemonic(`0x${'ab'.repeat(32)}`),
      isMnemonic('five words are too few')
    ]).toEqual([true, false, false])
  })
})
