import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { BursarError, isBursarError } from './bursar-error.js'

const details = { message: 'x', context: { host: 'h' }, moneyState: 'none' } as const

describe('the error class', () => {
  it('is told by its brand, so that two copies of the package understand each other', async () => {
    vi.resetModules()
    const copy = await import('./bursar-error.js')
    const foreign = new copy.BursarError('request/insecure', details)
    expect(foreign instanceof BursarError).toBe(false)
    expect(isBursarError(foreign, 'request/insecure')).toBe(true)
    expect(isBursarError(foreign, 'offer/over-limit')).toBe(false)
    for (const other of [new TypeError('x'), null, undefined, 'x', { code: 'request/insecure' }]) {
      expect(isBursarError(other)).toBe(false)
    }
  })

  it('has a context that cannot be changed', () => {
    expect(Object.isFrozen(new BursarError('request/insecure', details).context)).toBe(true)
  })

  it('reduces a foreign cause to name, code and status', () => {
    const cause = Object.assign(new Error('POST https://rpc.example/v2/secret-key failed'), {
      code: 'ECONNREFUSED',
      status: 503,
      request: { headers: { 'payment-signature': 'secret-payment' } },
      url: 'https://rpc.example/v2/secret-key'
    })
    const error = new BursarError('request/insecure', { ...details, cause })
    expect(error.cause).toEqual({ name: 'Error', code: 'ECONNREFUSED', status: 503 })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/secret-/)
  })

  it('keeps a cause of its own kind', () => {
    const cause = new BursarError('request/insecure', details)
    expect(new BursarError('request/insecure', { ...details, cause }).cause).toBe(cause)
  })

  it('calls itself an AbortError when the caller aborted, so that SDKs take it for one', () => {
    const context = {
      purchase: '',
      network: 'a:b',
      payer: '',
      payTo: '',
      amount: '',
      reference: '',
      expiresAtSeconds: 0
    } as const
    expect(new BursarError('payment/aborted', { message: 'x', context, moneyState: 'sent' }).name).toBe(
      'AbortError'
    )
  })
})

describe('the documentation', () => {
  it('has a heading for every code, and none for what is no code', () => {
    const source = readFileSync(new URL('error-codes.ts', import.meta.url), 'utf8')
    const codes = [...source.matchAll(/^ {2}'([a-z]+\/[a-z-]+)':/gm)].map(([, code]) => code)
    const docs = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
    const headings = [...docs.matchAll(/^### `([a-z]+\/[a-z-]+)`/gm)].map(([, code]) => code)
    expect(codes.length).toBeGreaterThan(20)
    expect(headings.sort()).toEqual(codes.sort())
  })
})
