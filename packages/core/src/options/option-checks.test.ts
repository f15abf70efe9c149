import { describe, expect, it } from 'vitest'
import { atomicUsdc } from '../amount/atomic.js'
import type { OptionCheck } from './check-options.js'
import {
  checkFlag,
  checkFunction,
  checkHost,
  checkHostPattern,
  checkHttpUrl,
  checkNetworkId,
  checkObject,
  checkPromise,
  checkText,
  checkUsdcAmount,
  listOf,
  listOr,
  oneOf,
  wholeNumberFrom
} from './option-checks.js'

const payees = listOr(checkText, 'pin')

describe('a value that is right', () => {
  it.each<[string, OptionCheck, readonly unknown[]]>([
    ['one of a few', oneOf('chain', 'never'), ['chain', 'never']],
    ['a list', listOf(checkHost), [[], ['a.example']]],
    ['a list or a word', payees, [['0xa'], 'pin']],
    ['a function', checkFunction, [() => {}, class {}]],
    ['a promise', checkPromise, [Promise.resolve()]],
    ['an object', checkObject, [{}, new Map()]],
    ['a flag', checkFlag, [true, false]],
    ['text', checkText, ['x']],
    ['an amount', checkUsdcAmount, ['0.25', '0', atomicUsdc(1n)]],
    ['a whole number', wholeNumberFrom(0, 10), [0, 10]],
    [
      'a network',
      checkNetworkId,
      ['eip155:8453', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', 'bip122:000000000019d6689c085ae165831e93']
    ],
    [
      'a host',
      checkHost,
      [
        'kat.imgnai.com',
        'Kat.imgnAI.com',
        'localhost:8402',
        '127.0.0.1',
        '[::1]:80',
        'xn--mnchen-3ya.example'
      ]
    ],
    ['a pattern of hosts', checkHostPattern, ['*.example.com', 'example.com']],
    [
      'a URL',
      checkHttpUrl,
      ['https://a.example/v1?key=1', 'http://127.0.0.1:8545', new URL('https://a.example')]
    ]
  ])('%s passes', (_, check, values) => {
    for (const value of values) expect(() => check(value, 'it')).not.toThrow()
  })
})

describe('a value that is wrong is a TypeError that names the option and what is allowed', () => {
  it.each<[OptionCheck, unknown, string]>([
    [oneOf('chain'), true, "it must be 'chain', not true"],
    [oneOf('a', 'b'), 'c', "it must be 'a' or 'b', not \"c\""],
    [oneOf('at-start'), { secret: 1 }, "it must be 'at-start', not an object"],
    [listOf(checkHost), 'a.example', 'it must be a list, not "a.example"'],
    [payees, 'pinned', 'it must be \'pin\', not "pinned"'],
    [payees, ['0xa', 7], 'it[1] must be text that is not empty'],
    [checkFunction, 'x', 'it must be a function, not "x"'],
    [checkObject, './x.db', 'it must be an object, not "./x.db"'],
    [checkPromise, () => {}, 'it must be a promise, not a function'],
    [checkFlag, 'yes', 'it must be true or false, not "yes"'],
    [checkText, '', 'it must be text that is not empty'],
    [checkUsdcAmount, 0.25, "it must be decimal text, such as '0.25', not 0.25"],
    [checkUsdcAmount, '$1', 'it: "$1" is not an amount: not a plain decimal such as "0.25".'],
    [checkUsdcAmount, -1n, 'it: "-1" is not an amount: out of range.'],
    [wholeNumberFrom(1, 3), 1.5, 'it must be a whole number from 1 to 3, not 1.5'],
    [wholeNumberFrom(1, 3), 4, 'it must be a whole number from 1 to 3, not 4'],
    [wholeNumberFrom(1, 3), '2', 'it must be a whole number from 1 to 3, not "2"'],
    [checkNetworkId, 'base', 'it: "base" is not a network; did you mean \'eip155:8453\'?'],
    [checkNetworkId, 'Arbitrum One', 'it: "Arbitrum One" is not a network; did you mean \'eip155:42161\'?'],
    [
      checkNetworkId,
      'solana',
      'it: "solana" is not a network; did you mean \'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp\'?'
    ],
    [checkNetworkId, 8453, "it: 8453 is not a network; did you mean 'eip155:8453'?"],
    [checkNetworkId, null, "it: null is not a network; write its CAIP-2 id, such as 'eip155:8453' for Base"],
    [
      checkNetworkId,
      'eip155:base',
      'it: "eip155:base" is not a network; write its CAIP-2 id, such as \'eip155:8453\' for Base'
    ],
    [
      checkHost,
      'https://kat.imgnai.com',
      'it: "https://kat.imgnai.com" is not a host; did you mean \'kat.imgnai.com\'?'
    ],
    [
      checkHost,
      'Kat.imgnai.com/v1',
      'it: "Kat.imgnai.com/v1" is not a host; did you mean \'kat.imgnai.com\'?'
    ],
    [
      checkHost,
      'a b',
      'it: "a b" is not a host; write it without scheme and path, such as \'kat.imgnai.com\''
    ],
    [checkHost, 7, "it: 7 is not a host; write it without scheme and path, such as 'kat.imgnai.com'"],
    [checkHostPattern, '*.a.example/x', 'it: "a.example/x" is not a host; did you mean \'a.example\'?'],
    [checkHttpUrl, 'not a url', "it must be a URL, such as 'https://example.com' (its value is not shown)"],
    [
      checkHttpUrl,
      'file:///etc/passwd',
      "it must be a URL, such as 'https://example.com' (its value is not shown)"
    ],
    [checkHttpUrl, 7, "it must be a URL, such as 'https://example.com' (its value is not shown)"]
  ])('%# %o', (check, value, message) => {
    expect(() => check(value, 'it')).toThrow(new TypeError(message))
  })
})
