import { describe, expect, it } from 'vitest'
import { createChainKey, formatKey } from './chain-key.js'
import { parseKey } from './parse-key.js'

const seed = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

describe('a private key', () => {
  it('is read as wallets write it, and written so that it is read again', async () => {
    const evm = await createChainKey('evm', seed)
    const solana = await createChainKey('solana', seed)
    const hex = Buffer.from(seed).toString('hex')
    for (const text of [`0x${hex}`, hex, ` 0x${hex.toUpperCase()}\n`])
      expect(await parseKey(text)).toMatchObject({ address: evm.address })
    const whole = formatKey(solana)
    for (const text of [whole, JSON.stringify([...seed])])
      expect(await parseKey(text)).toMatchObject({ chain: 'solana', address: solana.address })
    expect(formatKey(await parseKey(formatKey(evm)))).toBe(formatKey(evm))
    expect(formatKey(await parseKey(whole))).toBe(whole)
  })

  it('that is none is rejected and never shown', async () => {
    // The second half of 64 bytes is the public key of the first.
    const halves = JSON.stringify([...seed, ...seed])
    const none = ['', '0xdeadbeef', 'deadbeef'.repeat(9), '[1,2,3]', '[300]', 'not a key', '{}', halves]
    for (const text of none) {
      const rejected = await parseKey(text).catch(String)
      expect(rejected).toContain('TypeError')
      if (text.length > 3) expect(rejected).not.toContain(text)
    }
  })

  it('P13: is accepted without 0x, and a mnemonic is called by its name', async () => {
    const words = 'test test test test test test test test test test test junk'
    const rejected = await parseKey(words).catch(String)
    expect(rejected).toContain('This is a mnemonic')
    expect(rejected).not.toContain('junk')
    expect(await parseKey('ab'.repeat(32))).toMatchObject({ chain: 'evm' })
  })
})
