import { describe, expect, it } from 'vitest'
import { createSolanaAuditor } from './audit.js'
import { createSolanaPayer } from './index.js'

const account = new Uint8Array(64)
const wrong: readonly (readonly [object, string])[] = [
  [{ rpcUrl: {} }, 'rpcUrl is not an option; did you mean rpcUrls?'],
  [
    { rpcUrls: { solana: 'https://a.example' } },
    'rpcUrls.solana: "solana" is not a network; did you mean \'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp\'?'
  ],
  [{ fetch: true }, 'fetch must be a function, not true'],
  [{ rpcTimeoutMs: 0 }, 'rpcTimeoutMs must be a whole number from 1 to 600000, not 0']
]

describe('P25: a Solana payer and a Solana auditor', () => {
  it.each(wrong)('take %o for a mistake', (options, message) => {
    for (const create of [createSolanaPayer, createSolanaAuditor])
      expect(() => create({ account, ...options })).toThrow(new TypeError(message))
  })

  it('take no options of each other', () => {
    expect(() => createSolanaPayer({ account, paysOwnFee: true } as never)).toThrow(
      /did you mean paysOwnFees\?/
    )
    expect(() => createSolanaPayer({ account, paysOwnFees: 'no' } as never)).toThrow(/must be true or false/)
    expect(() => createSolanaAuditor({ account, slotTimeMs: 1 } as never)).toThrow(/is not an option/)
  })
})
