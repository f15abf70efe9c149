import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { findUnpricedOption } from './unpriced-options.js'

describe('M37: what a model’s price does not cover', () => {
  it.each<[string, JsonObject]>([
    ['web_search_options', { web_search_options: {} }],
    ['service_tier priority', { service_tier: 'priority' }],
    ['serviceTier priority', { serviceTier: 'priority' }],
    ['speed fast', { speed: 'fast' }]
  ])('is %s', (name, body) => {
    expect(findUnpricedOption(body)).toBe(name)
  })

  it.each<[string, JsonObject]>([
    ['the usual tier', { service_tier: 'auto' }],
    ['a slower one', { service_tier: 'flex' }],
    ['none', { service_tier: null, speed: null }],
    ['the speed of speech', { speed: 1.5 }]
  ])('is not %s', (_, body) => {
    expect(findUnpricedOption(body)).toBeUndefined()
  })
})
