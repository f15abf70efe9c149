import { describe, expect, it, vi } from 'vitest'
import { BursarError } from './bursar-error.js'
import { bursarErrorOf, isBursarError } from './bursar-error-of.js'

const details = { message: 'It failed.', context: { host: 'h' }, moneyState: 'none' } as const
const ours = new BursarError('request/insecure', details)

describe('an error of ours', () => {
  it('is found by its brand, so that two installs recognise each other’s errors', async () => {
    vi.resetModules()
    const copy = await import('./bursar-error.js')
    const foreign = new copy.BursarError('request/insecure', details)
    expect(foreign instanceof BursarError).toBe(false)
    expect(bursarErrorOf(foreign)).toBe(foreign)
    expect(isBursarError(foreign, 'request/insecure')).toBe(true)
  })

  it('is found along the cause, where SDKs keep what their fetch threw', () => {
    const wrapped = new Error('Connection error.', { cause: new TypeError('fetch failed', { cause: ours }) })
    expect(bursarErrorOf(wrapped)).toBe(ours)
    expect(bursarErrorOf(wrapped, 'request/insecure')?.context.host).toBe('h')
    expect(isBursarError(wrapped)).toBe(true)
    expect(isBursarError({ cause: ours }, 'request/insecure')).toBe(true)
  })

  it('has the code that is asked for, or it is not that one: a cause of its own does not count', () => {
    const outer = new BursarError('request/host-refused', { ...details, cause: ours })
    expect(bursarErrorOf(outer)).toBe(outer)
    expect(bursarErrorOf(outer, 'request/insecure')).toBeUndefined()
    expect(isBursarError(outer, 'request/insecure')).toBe(false)
  })

  it.each([
    ['another error', new TypeError('x')],
    ['null', null],
    ['undefined', undefined],
    ['text', 'x'],
    ['an object with a code', { code: 'request/insecure' }],
    ['a cause that is none', new Error('x', { cause: 'request/insecure' })]
  ])('is not found in %s', (_, thrown) => {
    expect(bursarErrorOf(thrown)).toBeUndefined()
    expect(isBursarError(thrown)).toBe(false)
  })

  it('is not looked for without end in causes that lead in a circle or go on for ever', () => {
    const [first, second] = [new Error('a'), new Error('b')]
    first.cause = second
    second.cause = first
    expect(isBursarError(first)).toBe(false)
    const endless = new Error('c')
    Object.defineProperty(endless, 'cause', { get: () => new Proxy(endless, {}) })
    expect(isBursarError(endless)).toBe(false)
  })
})
