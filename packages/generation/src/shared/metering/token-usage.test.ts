import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { reportsUsage, tokensOf, usageOf } from './token-usage.js'

describe('the usage of an answer', () => {
  it.each<[string, JsonObject, object]>([
    [
      'OpenAI’s chat',
      { usage: { prompt_tokens: 100, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 40 } } },
      { input: 60, output: 20, cacheRead: 40, cacheWrite: 0 }
    ],
    [
      'OpenAI’s responses',
      {
        response: {
          usage: { input_tokens: 100, output_tokens: 20, input_tokens_details: { cached_tokens: 40 } }
        }
      },
      { input: 60, output: 20, cacheRead: 40, cacheWrite: 0 }
    ],
    [
      'Anthropic’s messages, which count the cache beside the input',
      {
        usage: {
          input_tokens: 100,
          output_tokens: 20,
          cache_read_input_tokens: 40,
          cache_creation_input_tokens: 5
        }
      },
      { input: 100, output: 20, cacheRead: 40, cacheWrite: 5 }
    ],
    [
      'Gemini’s own API, where thoughts are written as well',
      {
        usageMetadata: {
          promptTokenCount: 100,
          candidatesTokenCount: 20,
          thoughtsTokenCount: 7,
          cachedContentTokenCount: 40
        }
      },
      { input: 60, output: 27, cacheRead: 40, cacheWrite: 0 }
    ]
  ])('is read from %s', (_, answer, usage) => {
    expect(usageOf([answer])).toEqual(usage)
    expect(reportsUsage(answer)).toBe(true)
  })

  it('takes no more from a cache than was read', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 900 } }
    expect(usageOf([{ usage }])).toEqual({ input: 0, output: 1, cacheRead: 10, cacheWrite: 0 })
  })

  it('is the highest of what the events of a stream repeat', () => {
    const event = (output: number) => ({ type: 'message_delta', usage: { output_tokens: output } })
    const start = { type: 'message_start', message: { usage: { input_tokens: 50, output_tokens: 1 } } }
    expect(usageOf([start, event(4), event(9), event(2)])).toMatchObject({ input: 50, output: 9 })
  })

  it('is not known of a message that began and never ended', () => {
    const start = { type: 'message_start', message: { usage: { input_tokens: 50, output_tokens: 1 } } }
    expect(usageOf([start])).toBeUndefined()
    expect(usageOf([])).toBeUndefined()
  })

  it.each<[string, JsonObject]>([
    ['there is none', { choices: [] }],
    ['it has no input', { usage: { prompt_tokens: 0, completion_tokens: 20 } }],
    ['its counts are no counts', { usage: { prompt_tokens: -5, completion_tokens: '20' } }],
    ['it is no object', { usage: 7 }]
  ])('is not known where %s', (_, answer) => {
    expect(usageOf([answer])).toBeUndefined()
    expect(tokensOf([answer])).toBeUndefined()
  })

  it('is recorded with what the cache gave and took as input', () => {
    const usage = {
      input_tokens: 100,
      output_tokens: 20,
      cache_read_input_tokens: 40,
      cache_creation_input_tokens: 5
    }
    expect(tokensOf([{ usage }])).toEqual({ input: 145, output: 20 })
  })
})
