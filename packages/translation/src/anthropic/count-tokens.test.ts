import { expect, it } from 'vitest'
import { countMessageTokens } from './count-tokens.js'

const request = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] }
const words = Array.from({ length: 1000 }, () => 'word').join(' ')
const count = (members = {}) => countMessageTokens({ ...request, ...members }).input_tokens
const own = count()

it('C8: counts system, tools, messages and pictures', () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }
  const tool = { name: 't', description: words, input_schema: { type: 'object', properties: {} } }
  const call = { type: 'tool_use', id: 'c', name: 't', input: { words } }
  const counted = [
    { system: words },
    { system: [{ type: 'text', text: words }] },
    { tools: [tool] },
    { messages: [{ role: 'user', content: words }] },
    { messages: [{ role: 'assistant', content: [call] }] },
    { messages: [{ role: 'user', content: [image] }] }
  ]
  for (const members of counted) expect(count(members) - own).toBeGreaterThan(500)
})

it('C8: counts scripts that are not Latin by their characters', () => {
  expect(count({ system: '漢字'.repeat(500) }) - own).toBeGreaterThan(900)
})

it('C8, C33: takes no tools and no maximum, and refuses what is malformed by its name', () => {
  expect(count({ tools: [] })).toBe(own)
  expect(own).toBeGreaterThan(0)
  expect(() => count({ messages: 'x' })).toThrow(/^messages must be a list/)
  expect(() => count({ messages: [null] })).toThrow(/^messages must be a list of objects/)
  expect(() => count({ model: '' })).toThrow(/^model is required/)
})
