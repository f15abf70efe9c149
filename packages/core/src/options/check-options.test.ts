import { describe, expect, it } from 'vitest'
import { checkOptions, type OptionChecks, optionsOf, recordOf, unchecked } from './check-options.js'
import { nearestName } from './nearest-name.js'
import {
  checkFunction,
  checkHostPattern,
  checkNetworkId,
  checkText,
  checkUsdcAmount,
  listOf
} from './option-checks.js'

interface Options {
  readonly limits: { readonly payment: string; readonly day?: string }
  readonly allow?: { readonly hosts?: readonly string[]; readonly payees?: readonly string[] }
  readonly rpcUrls?: Readonly<Record<string, string>>
  readonly confirm?: () => boolean
  readonly surgeFactor?: number
}

const checks: OptionChecks<Options> = {
  limits: optionsOf({ payment: checkUsdcAmount, day: checkUsdcAmount }),
  allow: optionsOf({ hosts: listOf(checkHostPattern), payees: listOf(checkText) }),
  rpcUrls: recordOf(unchecked, checkNetworkId),
  confirm: checkFunction,
  surgeFactor: unchecked
}
const limits = { payment: '0.25' }

function messageOf(options: unknown, path?: string): string {
  try {
    checkOptions(options, checks, path)
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return error instanceof Error ? error.message : ''
  }
  return 'nothing was thrown'
}

describe('an options object', () => {
  it('passes when every name is known, and takes what is undefined for not given', () => {
    checkOptions({ limits, allow: { hosts: ['*.example.com'] }, rpcUrls: { 'eip155:1': 'x' } }, checks)
    checkOptions({ limits, allow: undefined, confirm: undefined }, checks)
  })

  it.each([
    [{ limits, confirms: () => true }, 'confirms is not an option; did you mean confirm?'],
    [{ limits, surgefactor: 3 }, 'surgefactor is not an option; did you mean surgeFactor?'],
    [{ limits, allowed: {} }, 'allowed is not an option; did you mean allow?'],
    [{ limits, allow: { host: ['a.example'] } }, 'allow.host is not an option; did you mean allow.hosts?'],
    [{ limits: { payment: '1', daily: '5' } }, 'limits.daily is not an option; did you mean limits.day?'],
    [
      { limits, wallet: 1 },
      'wallet is not an option; there are: limits, allow, rpcUrls, confirm, surgeFactor'
    ],
    [
      { limits, 'no name': 1 },
      '["no name"] is not an option; there are: limits, allow, rpcUrls, confirm, surgeFactor'
    ],
    [
      { limits, toString: 1 },
      'toString is not an option; there are: limits, allow, rpcUrls, confirm, surgeFactor'
    ],
    [{ limits, confirm: false }, 'confirm must be a function, not false'],
    [{ limits: '0.25' }, 'limits must be an object, not "0.25"'],
    [{ limits: ['0.25'] }, 'limits must be an object, not a list'],
    [{ limits, rpcUrls: ['x'] }, 'rpcUrls must be an object, not a list'],
    [
      { limits, rpcUrls: { base: 'x' } },
      'rpcUrls.base: "base" is not a network; did you mean \'eip155:8453\'?'
    ],
    [undefined, 'The options must be an object, not undefined']
  ])('%o is a TypeError that names the option and what is allowed', (options, message) => {
    expect(messageOf(options)).toBe(message)
  })

  it('is named by its path where it is an option of another', () => {
    expect(messageOf({ day: '1' }, 'a.b')).toBe(
      'a.b.day is not an option; there are: limits, allow, rpcUrls, confirm, surgeFactor'
    )
    expect(messageOf(null, 'a.b')).toBe('a.b must be an object, not null')
  })
})

describe('the nearest name', () => {
  it.each([
    ['purchse', 'purchase'],
    ['label', 'labels'],
    ['LABELS', 'labels'],
    ['timeout', 'timeoutMs'],
    ['agian', 'again'],
    ['x', undefined],
    ['something', undefined],
    ['p'.repeat(100_000), undefined]
  ])('of %s is %s', (name, nearest) => {
    expect(nearestName(name, ['purchase', 'labels', 'again', 'tenant', 'timeoutMs'])).toBe(nearest)
  })
})
