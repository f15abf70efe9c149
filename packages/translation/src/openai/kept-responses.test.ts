import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { asObjects } from '../json-fields.js'
import { KeptResponses } from './kept-responses.js'
import { resolveReferences } from './resolve-references.js'

const text = { id: 'msg_a', type: 'message', role: 'assistant', content: [] }
const thought = { id: 'rs_a', type: 'reasoning', summary: [] }
const response = { id: 'resp_a', output: [thought, text] }
const asked = { model: 'm', input: 'How is it?' }

function newKept(options: { readonly maxLength?: number } = {}) {
  let nowMs = 0
  const kept = new KeptResponses({ clock: { nowMs: () => nowMs }, keepMs: 1000, ...options })
  const resolve = (request: JsonObject, agent = 'one') =>
    asObjects(resolveReferences({ model: 'm', ...request }, kept.of(agent)).input)
  const pass = (ms: number): void => {
    nowMs += ms
  }
  return { kept, resolve, pass }
}

describe('C27: what was answered before', () => {
  it('stands where a request refers to it', () => {
    const { kept, resolve } = newKept()
    kept.keep('one', asked, response)
    const references = [{ type: 'item_reference', id: 'rs_a' }, { id: 'msg_a' }]
    expect(resolve({ input: [...references, { role: 'user', content: 'x' }] })).toEqual([
      thought,
      text,
      { role: 'user', content: 'x' }
    ])
  })

  it('stands before a request that continues it, with what had been asked', () => {
    const { kept, resolve } = newKept()
    kept.keep('one', asked, response)
    const next = { previous_response_id: 'resp_a', input: 'And now?' }
    const first = { type: 'message', role: 'user', content: 'How is it?' }
    const second = { type: 'message', role: 'user', content: 'And now?' }
    expect(resolve(next)).toEqual([first, thought, text, second])
    expect(resolveReferences({ model: 'm', ...next }, kept.of('one'))).not.toHaveProperty(
      'previous_response_id'
    )
    const whole = resolveReferences({ model: 'm', ...next }, kept.of('one'))
    kept.keep('one', whole, { id: 'resp_b', output: [{ ...text, id: 'msg_b' }] })
    expect(resolve({ previous_response_id: 'resp_b' })).toHaveLength(5)
  })

  it('is nothing for another agent, for another id, and after its time', () => {
    const { kept, resolve, pass } = newKept()
    kept.keep('one', asked, response)
    const reference = { input: [{ type: 'item_reference', id: 'msg_a' }] }
    expect(() => resolve(reference, 'two')).toThrow(
      /^input\[0\] \(item_reference\) is "msg_a".*Nothing was paid$/
    )
    expect(() => resolve({ previous_response_id: 'resp_x' })).toThrow(/^previous_response_id is "resp_x"/)
    pass(999)
    expect(resolve(reference)).toEqual([text])
    pass(1)
    expect(() => resolve(reference)).toThrow(/no such answer is kept/)
  })

  it('is not continued where nothing was to be stored, and the oldest is forgotten where it is too much', () => {
    const { kept, resolve } = newKept({ maxLength: 200 })
    kept.keep('one', { ...asked, store: false }, response)
    expect(() => resolve({ previous_response_id: 'resp_a' })).toThrow(/no such answer/)
    expect(resolve({ input: [{ id: 'msg_a' }] })).toEqual([text])
    kept.keep('one', asked, { id: 'resp_b', output: [{ ...text, id: 'msg_b' }] })
    expect(() => resolve({ input: [{ id: 'msg_a' }] })).toThrow(/no such answer/)
    expect(resolve({ input: [{ id: 'msg_b' }] })).toHaveLength(1)
  })
})
