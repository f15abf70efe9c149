import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { completionOf, toolCall } from '../../test/completions.js'
import { asObjects } from '../json-fields.js'
import { chatToResponse } from './response.js'
import { responseEvents } from './response-stream.js'

const request = { model: 'asked-for', input: 'x', store: true }
const answer = (message: JsonObject, reason?: string) =>
  chatToResponse(completionOf(message, reason), request, { id: 'a', createdAtSeconds: 7 })
const eventsOf = (response: JsonObject) =>
  responseEvents(response).map((event) => JSON.parse(event.split('\ndata: ')[1] ?? ''))

describe('an answer of Responses', () => {
  it('C13: has the name that was asked for, and C31: says that nothing is stored', () => {
    expect(answer({ content: 'Hello' })).toMatchObject({ model: 'asked-for', store: false })
  })

  it('C27: has ids of its own, whatever the service says', () => {
    const other = chatToResponse(completionOf({ content: 'Hello' }), request, {
      id: 'b',
      createdAtSeconds: 7
    })
    const idsOf = (response: JsonObject) => [response.id, ...asObjects(response.output).map(({ id }) => id)]
    expect(new Set([...idsOf(answer({ content: 'Hello' })), ...idsOf(other)]).size).toBe(4)
  })

  it('C29: that was cut says so, and so does what was cut', () => {
    const details = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
    const second = { ...toolCall, id: 'call_2', function: { name: 'weather', arguments: '{"ci' } }
    const cut = answer({ content: 'Let me', tool_calls: [toolCall, second] }, 'length')
    expect(cut).toMatchObject({
      ...details,
      output: [
        { type: 'message', status: 'completed' },
        { call_id: 'call_1', status: 'completed' },
        { call_id: 'call_2', status: 'incomplete', arguments: '{"ci' }
      ]
    })
    expect(eventsOf(cut).at(-1)).toMatchObject({ type: 'response.incomplete', response: details })
    expect(answer({ content: null, reasoning_content: 'Hm' }, 'length').output).toMatchObject([
      { type: 'reasoning', status: 'incomplete' }
    ])
  })

  it('C29: that was filtered says so', () => {
    const filtered = answer({ content: '' }, 'content_filter')
    expect(filtered).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'content_filter' }
    })
    expect(eventsOf(filtered).at(-1)).toMatchObject({ type: 'response.incomplete' })
  })

  it('C30: that is a refusal has it as a part, whole and streamed', () => {
    const refused = answer({ content: null, refusal: 'I cannot help.' })
    expect(refused.output).toMatchObject([{ content: [{ type: 'refusal', refusal: 'I cannot help.' }] }])
    expect(refused.output).toHaveLength(1)
    const events = eventsOf(refused)
    expect(events.map(({ type }) => type).slice(2, -1)).toEqual([
      'response.output_item.added',
      'response.content_part.added',
      'response.refusal.delta',
      'response.refusal.done',
      'response.content_part.done',
      'response.output_item.done'
    ])
    expect(events[5]).toMatchObject({ refusal: 'I cannot help.', content_index: 0, output_index: 0 })
  })

  it('C28: streams its reasoning, whole', () => {
    const events = eventsOf(answer({ content: 'Hello', reasoning_content: 'Let me think.' }))
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index))
    expect(events.slice(2, 8).map(({ type }) => type)).toEqual([
      'response.output_item.added',
      'response.reasoning_summary_part.added',
      'response.reasoning_summary_text.delta',
      'response.reasoning_summary_text.done',
      'response.reasoning_summary_part.done',
      'response.output_item.done'
    ])
    expect(events[2].item).toMatchObject({ type: 'reasoning', summary: [] })
    expect(events[5]).toMatchObject({ text: 'Let me think.', summary_index: 0, item_id: 'rs_a' })
  })

  it('has the sources of its text, whole and streamed', () => {
    const url_citation = { start_index: 0, end_index: 5, url: 'https://example.com', title: 'Example' }
    const cited = answer({ content: 'Hello', annotations: [{ type: 'url_citation', url_citation }] })
    const annotation = { type: 'url_citation', ...url_citation }
    expect(cited.output).toMatchObject([{ content: [{ annotations: [annotation] }] }])
    expect(
      eventsOf(cited).find(({ type }) => type === 'response.output_text.annotation.added')
    ).toMatchObject({ annotation, annotation_index: 0 })
  })
})
