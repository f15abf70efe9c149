import { describe, expect, it } from 'vitest'
import { createEvmAuditor } from './audit.js'
import { createEvmPayer } from './index.js'

const account = `0x${'11'.repeat(32)}`
const wrong: readonly (readonly [object, string])[] = [
  [{ rpcUrl: {} }, 'rpcUrl is not an option; did you mean rpcUrls?'],
  [
    { rpcUrls: { base: 'https://a.example' } },
    'rpcUrls.base: "base" is not a network; did you mean \'eip155:8453\'?'
  ],
  [
    { rpcUrls: { 'eip155:8453': ['https://a.example', 'secret'] } },
    'rpcUrls["eip155:8453"][1] must be a URL, such as \'https://example.com\' (its value is not shown)'
  ],
  [{ transports: { base: {} } }, 'transports.base: "base" is not a network; did you mean \'eip155:8453\'?'],
  [{ rpcTimeoutMs: '5' }, 'rpcTimeoutMs must be a whole number from 1 to 600000, not "5"'],
  [
    { known: { assets: [{ network: 'base' }] } },
    'known.assets[0].network: "base" is not a network; did you mean \'eip155:8453\'?'
  ]
]

describe('P25: an EVM payer and an EVM auditor', () => {
  it.each(wrong)('take %o for a mistake', (options, message) => {
    for (const create of [createEvmPayer, createEvmAuditor])
      expect(() => create({ account, ...options })).toThrow(new TypeError(message))
  })

  it('take no options of each other', () => {
    expect(() => createEvmPayer({ account, clockSkew: 1 } as never)).toThrow(
      /did you mean clockSkewSeconds\?/
    )
    expect(() => createEvmAuditor({ account, clockSkewSeconds: 1 } as never)).toThrow(/is not an option/)
  })
})
