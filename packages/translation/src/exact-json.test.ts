import type { JsonObject } from '@bursar/core'
import { expect, it } from 'vitest'
import { rewriteJson } from './exact-json.js'

function rewrite(text: string, write: (object: JsonObject) => string): string {
  return rewriteJson({ text, object: JSON.parse(text) }, write)
}

it.each([
  '{"seed":9007199254740993,"list":[-18446744073709551615,0.12345678901234567],"n":1e3}',
  '{"text":"9007199254740993 \\" 9007199254740995 \\\\","seed":9007199254740993}',
  '{"#":"##9007199254740993","seed":9007199254740993}',
  '{"seed":12345678901234567890e-2}'
])('keeps every digit of %s', (text) => {
  const spelled = rewrite(text, JSON.stringify).replace('1000', '1e3')
  expect(spelled).toBe(text)
})

it('takes no string for a number, however it is spelled', () => {
  expect(rewrite('{"a":"\\u00239007199254740993","b":9007199254740993}', JSON.stringify)).toBe(
    '{"a":"#9007199254740993","b":9007199254740993}'
  )
})

it('hands what it parsed to who writes it', () => {
  const renamed = rewrite('{"model":"a","seed":9007199254740993}', (body) =>
    JSON.stringify({ ...body, model: 'b' })
  )
  expect(renamed).toBe('{"model":"b","seed":9007199254740993}')
})

it('ends also where a text holds every short mark, as a program may send it', () => {
  const text = `{"text":"${'#'.repeat(2_000_000)}","seed":9007199254740993}`
  expect(rewrite(text, JSON.stringify) === text).toBe(true)
})
