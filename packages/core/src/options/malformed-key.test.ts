import { describe, expect, it } from 'vitest'
import { malformedEvmKey, malformedSolanaKey } from './malformed-key.js'

const hex = 'ab'.repeat(32)
const mnemonic = 'test test test test test test test test test test test junk'
const solana = '4'.repeat(88)

describe('P13: a key that is malformed', () => {
  it.each([
    [hex, /: 0x is missing in front of it \(/],
    [mnemonic, /: it looks like a mnemonic; viem's mnemonicToAccount /],
    [solana, /: it looks like Solana's, which is passed as solana \(/],
    ['[1, 2]', /: it looks like Solana's/],
    ['0x12', /^The EVM private key is not 0x and 64 hex digits \(its value is not shown\)$/]
  ])('of an EVM account: what it looks like is said, and no digit of it (%#)', (text, words) => {
    expect(malformedEvmKey(text).message).toMatch(words)
    expect(malformedEvmKey(text).message).not.toContain(text)
  })

  it.each([
    [`0x${hex}`, /: it looks like an EVM account's, which is passed as evm \(/],
    [mnemonic, /: it looks like a mnemonic; /],
    ['0', /^solana is neither base58 nor a JSON array of bytes \(its value is not shown\)$/]
  ])('of a Solana account: what it looks like is said, and no digit of it (%#)', (text, words) => {
    expect(malformedSolanaKey(text).message).toMatch(words)
    expect(malformedSolanaKey(text).message).not.toContain(text.length > 1 ? text : '0 ')
  })
})
