import { describe, expect, it } from 'vitest'
import { tokenBound } from './token-bound.js'

const inputOf = (part: object): number =>
  tokenBound({ max_tokens: 1, messages: [{ role: 'user', content: [part] }] } as never).input

describe('the most tokens that a request can be billed for', () => {
  const long = 'x'.repeat(100_000)

  it('counts a picture as what a picture can be, by a URL or as it is', () => {
    for (const part of [
      { type: 'image_url', image_url: { url: 'https://a.example/a.png' } },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${long}` } },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: long } },
      { inlineData: { mimeType: 'image/png', data: long } }
    ])
      expect(inputOf(part), JSON.stringify(part).slice(0, 80)).toBeLessThan(8_192 + 200)
  })

  it('counts documents, sounds and texts by their bytes, under whatever name they come', () => {
    for (const part of [
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: long } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: long } },
      { type: 'input_audio', input_audio: { data: long, format: 'wav' } },
      { type: 'image_url', image_url: { url: long } },
      { inlineData: { mimeType: 'application/pdf', data: long } }
    ])
      expect(inputOf(part), JSON.stringify(part).slice(0, 80)).toBeGreaterThanOrEqual(100_000)
  })
})
