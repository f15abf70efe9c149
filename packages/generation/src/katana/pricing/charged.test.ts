import { parseUsdc } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { tokenPrice } from '../../shared/metering/price.js'
import { katanaCatalogue } from '../catalogue/snapshot.js'
import { type ChatPrice, chargedFor } from './charged.js'

/** What is known of a model, with the caller's own price or without. */
function priceOf(name: string, own?: ChatPrice['own']): ChatPrice {
  const known = { catalogue: katanaCatalogue, prices: {} }
  return { known, own, listed: katanaCatalogue.texts.find((each) => each.name === name) }
}

const used = (prompt: number, completion: number, more: object = {}) => [
  { usage: { prompt_tokens: prompt, completion_tokens: completion, ...more } }
]

describe('what a chat was charged', () => {
  // At 220 and 1320 credits a million tokens, 2 tokens of input and 833 of output cost 1.1 credits exactly.
  it.each([
    [1, 1n],
    [75, 1n],
    [76, 2n],
    [832, 11n],
    [833, 11n],
    [834, 12n]
  ])('S51, Katana 79: by %i tokens is rounded up to %d tenths of a credit', (tokens, tenths) => {
    expect(chargedFor(used(2, tokens), priceOf('qwen3-6-max-preview'))).toBe(tenths * 520n)
  })

  it('S52, Katana 80: is what the service says, also above every bound', () => {
    const imgnai = { credits_reserved: '10', credits_charged: '5000.1' }
    expect(chargedFor(used(1, 1, { imgnai }), priceOf('grok-4-3'))).toBe(50_001n * 520n)
  })

  it('Katana 82: is in dollars where a balance paid', () => {
    expect(chargedFor(used(1, 1, { imgnai: { paid_usdc: '0.00052' } }), priceOf('grok-4-3'))).toBe(520n)
  })

  it('is what the last event says that says anything', () => {
    const event = (credits: string) => ({ usage: { imgnai: { credits_charged: credits } } })
    const events = [event('1'), event('2.5'), { choices: [] }]
    expect(chargedFor(events, priceOf('grok-4-3'))).toBe(25n * 520n)
  })

  it('counts what a cache gave at its own price', () => {
    const cached = { prompt_tokens_details: { cached_tokens: 1_000_000 } }
    // 42.4 credits a million tokens that a cache gives, instead of 264.5. No line of the price is passed: GPT-5.5 has none.
    expect(chargedFor(used(1_000_000, 0, cached), priceOf('gpt-5-5'))).toBe(1058n * 520n)
    expect(chargedFor(used(1_000_000, 0), priceOf('gpt-5-5'))).toBe(10_577n * 520n)
  })

  it('S2: is not known above the line of a price, nor of a model that is not listed', () => {
    expect(chargedFor(used(199_999, 1), priceOf('grok-4-3'))).toBeDefined()
    expect(chargedFor(used(200_000, 1), priceOf('grok-4-3'))).toBeUndefined()
    expect(chargedFor(used(1, 1), priceOf('brand-new'))).toBeUndefined()
    expect(chargedFor([{ choices: [] }], priceOf('grok-4-3'))).toBeUndefined()
  })

  it('goes by the caller’s own price, where the service does not say', () => {
    expect(chargedFor(used(1_000_000, 1000), priceOf('grok-4-3', tokenPrice('5', '10')))).toBe(5_010_000n)
    const each = { unit: 'call', each: parseUsdc('0.25') } as const
    expect(chargedFor(used(1, 1), priceOf('grok-4-3', each))).toBe(250_000n)
  })
})
