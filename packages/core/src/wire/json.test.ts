import { describe, expect, it } from 'vitest'
import { MAX_JSON_DEPTH, parseJson, parseJsonObject } from './json.js'

const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}1${']'.repeat(levels - 1)}}`

describe('the depth of JSON', () => {
  it('is bounded, also where a plain parser goes on', () => {
    expect(parseJsonObject(nested(MAX_JSON_DEPTH))).toBeDefined()
    expect(parseJsonObject(nested(MAX_JSON_DEPTH + 1))).toBeUndefined()
    expect(parseJsonObject(nested(200_000))).toBeUndefined()
    expect(parseJson(nested(64))).toBeDefined()
    expect(() => parseJson(nested(65))).toThrow(SyntaxError)
  })

  it('counts no brackets within strings, and goes on behind what is escaped there', () => {
    const open = '['.repeat(100)
    for (const text of [
      `{"a":"${open}"}`,
      `{"a":"\\"${open}"}`,
      `{"${open}\\\\":1}`,
      `{"a":["${open}","${open}"]}`
    ])
      expect(parseJson(text)).toEqual(JSON.parse(text))
    expect(() => parseJson(`{"a":"\\\\","b":${open}${']'.repeat(100)}}`)).toThrow('nested too deeply')
  })

  it('is that of the deepest value, however many there are', () => {
    const text = JSON.stringify({ list: Array.from({ length: 5000 }, (_, index) => ({ index: [index] })) })
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })
})

it('reads what is no object as nothing', () => {
  for (const text of ['', '[]', 'null', '1', '"a"', '{', '{"a":"'])
    expect(parseJsonObject(text)).toBeUndefined()
})
