import { BASE } from '@bursar/core'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { createTextSigner } from '../texts.js'

const key = `0x${'5a'.repeat(32)}` as const
const account = privateKeyToAccount(key)

it.each(['Sign in', '', 'line 1\nline 2: é 💰', 'long '.repeat(2_000)])(
  'signs a text as viem does (%#)',
  async (message) => {
    const signer = createTextSigner(key)
    expect([signer.family, await signer.address()]).toEqual(['eip155', account.address])
    expect(await signer.sign(message, BASE)).toBe(await account.signMessage({ message }))
  }
)

it.each(['0x12', `0x${'0'.repeat(64)}`, `0x${'f'.repeat(64)}`, 'ab'.repeat(32)])(
  'refuses %s with a reason that shows none of it',
  (malformed) => {
    expect(() => createTextSigner(malformed)).toThrow(TypeError)
    expect(() => createTextSigner(malformed)).not.toThrow(new RegExp(malformed.slice(-12)))
  }
)

it('shows no key', () => {
  expect(JSON.stringify(createTextSigner(key))).not.toContain('5a5a')
})
