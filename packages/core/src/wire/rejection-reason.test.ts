import { describe, expect, it } from 'vitest'
import { encodeHeader } from './header-codec.js'
import { rejectionReasonOfBody, rejectionReasonOfHeader } from './rejection-reason.js'
import { decodeSettlement } from './settlement.js'

const issues = [{ code: 'too_small', path: ['payload'], message: 'payload is too small' }]

describe('5.8: why a server rejects a payment', () => {
  it.each<[object, string | undefined]>([
    [{ errorReason: 'insufficient_funds', errorMessage: 'not enough' }, 'insufficient_funds'],
    [{ errorReason: '', errorMessage: 'not enough' }, 'not enough'],
    [{ error: 'invalid_exact_evm_signature', accepts: [] }, 'invalid_exact_evm_signature'],
    [{ error: { code: 'E7', message: 'no funds' } }, 'no funds'],
    [{ error: { type: 'payment', code: 'E7' } }, 'E7'],
    [{ error: { name: 'ZodError', issues } }, 'ZodError'],
    [{ error: { issues } }, 'payload is too small'],
    [{ error: issues }, 'payload is too small'],
    [{ error: JSON.stringify(issues) }, 'payload is too small'],
    [{ error: true, message: 'no funds' }, 'no funds'],
    [{ error: null, errorMessage: 'fund the wallet', fundWalletLink: 'https://x' }, 'fund the wallet'],
    [{ error: '', details: { message: 'the node is down' } }, 'the node is down'],
    [{ isValid: false, invalidReason: 'invalid_scheme' }, 'invalid_scheme'],
    [{ reason: 'late' }, 'late'],
    [
      { error: 'Payment verification failed', reason: 'late', accepts: [] },
      'Payment verification failed: late'
    ],
    [{ error: 'it is late', reason: 'late' }, 'it is late'],
    [{ type: 'about:blank', title: 'Conflict', status: 409, detail: 'another payload' }, 'another payload'],
    [{ type: 'about:blank', title: 'Conflict', status: 409 }, 'Conflict'],
    [{ error: 'siwx_expired', message: 'Sign in again' }, 'siwx_expired'],
    [{ error: { error: { error: 'too deep to be read' } } }, undefined],
    [{ accepts: [], x402Version: 2 }, undefined],
    [[{ error: 'a list is no answer' }], undefined]
  ])('is read from a body and from a header alike: %j', (value, reason) => {
    expect(rejectionReasonOfBody(JSON.stringify(value))).toBe(reason)
    expect(rejectionReasonOfHeader('PAYMENT-REQUIRED', encodeHeader(value))).toBe(reason)
  })

  it('is read from a header in every form that servers write it in', () => {
    const json = JSON.stringify({ success: false, errorReason: 'no funds: ~?~?' })
    const base64url = Buffer.from(json).toString('base64url')
    expect(base64url).toMatch(/[-_]/)
    for (const text of [json, btoa(json), base64url])
      expect(rejectionReasonOfHeader('PAYMENT-RESPONSE', text)).toBe('no funds: ~?~?')
  })

  it('is one line of 200 characters at most, without control characters', () => {
    const error = `one\r\nSet-Cookie: a=1\u001b[31m\u202e ${'word '.repeat(200)}`
    const reason = rejectionReasonOfBody(JSON.stringify({ error })) ?? ''
    expect(reason).toMatch(/^one Set-Cookie: a=1 \[31m (?:word )+w?o?r?d?…$/)
    expect(reason).toHaveLength(200)
  })

  it.each(['', '<html>no</html>', '"text"', 'null', '{', `${'['.repeat(100_000)}`])(
    'is not said by what is no JSON object: %.20s',
    (text) => {
      expect(rejectionReasonOfBody(text)).toBeUndefined()
      expect(rejectionReasonOfHeader('PAYMENT-RESPONSE', text)).toBeUndefined()
    }
  )

  it('has a list of issues in text that is itself text at last', () => {
    expect(rejectionReasonOfBody(JSON.stringify({ error: '[not JSON' }))).toBe('[not JSON')
    expect(rejectionReasonOfBody(JSON.stringify({ error: '{"status":500}' }))).toBe('{"status":500}')
  })
})

describe('X69: a receipt of success', () => {
  it.each<[object, object | undefined]>([
    [
      { success: true, txHash: '0xab', networkId: '8453', error: null },
      { success: true, transaction: '0xab' }
    ],
    [
      { success: true, transaction: null, details: { a: 1 } },
      { success: true, transaction: undefined }
    ],
    [
      { success: true, transaction: '0xab', network: '', payer: '', requirements: { amount: '1' } },
      { success: true, transaction: '0xab', network: undefined, payer: undefined }
    ],
    [
      { success: true, transaction: '0xab', amount: 0.01 },
      { success: true, amount: undefined }
    ],
    [
      { success: true, transaction: `0x${'cd'.repeat(65)}`, payer: 'e'.repeat(130) },
      { success: true, transaction: '…', payer: '…' }
    ],
    [{ success: 'true', transaction: '0xab' }, undefined],
    [{ transaction: '0xab' }, undefined]
  ])('%j counts only if it says so with a boolean, in whatever form it comes', (settlement, expected) => {
    const json = JSON.stringify(settlement)
    for (const text of [encodeHeader(settlement), json, Buffer.from(json).toString('base64url')]) {
      const result = decodeSettlement('PAYMENT-RESPONSE', text)
      if (expected) expect(result).toMatchObject(expected)
      else expect(result).toBeUndefined()
    }
  })
})
