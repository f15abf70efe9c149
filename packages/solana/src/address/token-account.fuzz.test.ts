import { getAssociatedTokenAddressSync, TOKEN_2022_PROGRAM_ID, TOKEN_PROGRAM_ID } from '@solana/spl-token'
import { PublicKey } from '@solana/web3.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress, readAddress } from './address.js'
import { TOKEN, TOKEN_2022 } from './programs.js'
import { tokenAccountOf } from './token-account.js'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('addresses', () => {
  it('are written as web3.js writes them, and read back to the same bytes', () => {
    fc.assert(
      fc.property(bytes32, (bytes) => {
        const { text } = formatAddress(bytes)
        expect(text).toBe(new PublicKey(bytes).toBase58())
        expect(parseAddress(text)?.bytes).toEqual(bytes)
      })
    )
  })

  it('are none when they are not text, not base58 or not 32 bytes', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseAddress(value)).toBeUndefined()
      })
    )
    for (const text of ['', '1'.repeat(31), '1'.repeat(33), '0'.repeat(32), 'z'.repeat(44)]) {
      expect(parseAddress(text)).toBeUndefined()
    }
    expect(() => readAddress('no address')).toThrow(TypeError)
    expect(() => formatAddress(new Uint8Array(31))).toThrow(TypeError)
  })
})

it('a token account is the one that spl-token derives, under both token programs, off the curve too', () => {
  fc.assert(
    fc.property(bytes32, bytes32, fc.boolean(), (owner, mint, newer) => {
      const [program, id] = newer ? [TOKEN_2022, TOKEN_2022_PROGRAM_ID] : [TOKEN, TOKEN_PROGRAM_ID]
      const theirs = getAssociatedTokenAddressSync(new PublicKey(mint), new PublicKey(owner), true, id)
      const ours = tokenAccountOf(formatAddress(owner), formatAddress(mint), program)
      expect(ours.text).toBe(theirs.toBase58())
      expect(ours.bytes).toEqual(new Uint8Array(theirs.toBytes()))
    }),
    { numRuns: 100 }
  )
})
