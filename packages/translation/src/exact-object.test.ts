import { stringifyExact } from '@bursar/core'
import { expect, it } from 'vitest'
import { chatToMessage } from './anthropic/message.js'
import { messagesToChat } from './anthropic/message-request.js'
import { messageEvents } from './anthropic/message-stream.js'
import { parseExactObject, withExactParts } from './exact-object.js'
import { responsesToChat } from './openai/response-request.js'

const LONG = '{"id":9007199254740993,"at":[{"n":-18446744073709551615}],"text":"\\"12345678901234567\\""}'

it('writes an object as it was written, alone and in another, where a double would lose digits', () => {
  const input = parseExactObject(LONG) ?? {}
  expect([input.text, stringifyExact(input)]).toEqual(['"12345678901234567"', LONG])
  expect(stringifyExact({ a: [{ input }], b: 1 })).toBe(`{"a":[{"input":${LONG}}],"b":1}`)
  expect(stringifyExact({ a: [1, 'x', null] })).toBe('{"a":[1,"x",null]}')
  expect(parseExactObject('[1]')).toBeUndefined()
  expect(Object.keys(input)).toEqual(['id', 'at', 'text'])
})

it('keeps every digit of what a tool was called with, to the service and back, whole and streamed', () => {
  const message = (input: string): string =>
    `{"model":"m","max_tokens":9,"temperature":0.30000000000000004,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"text","text":"x"},{"type":"tool_use","id":"t","name":"f","input":${input}}]}]}`
  const sent = (text: string) => ({ bytes: new TextEncoder().encode(text), object: JSON.parse(text) })
  const chat = messagesToChat(withExactParts(sent(message(LONG))))
  expect(chat).toMatchObject({
    temperature: 0.1 + 0.2,
    messages: [{}, { tool_calls: [{ function: { arguments: LONG } }] }]
  })
  const called = { id: 't', function: { name: 'f', arguments: LONG } }
  const completion = { choices: [{ message: { tool_calls: [called] }, finish_reason: 'tool_calls' }] }
  const answer = chatToMessage(completion, { model: 'm' }, { id: '1' })
  expect(stringifyExact(answer)).toContain(`"input":${LONG}`)
  expect(messageEvents(answer).join('')).toContain(JSON.stringify(LONG))
})

it('leaves a request as it was parsed where no digit is lost, and where a content is none', () => {
  const sent = (object: object) => {
    const text = JSON.stringify(object)
    return { bytes: new TextEncoder().encode(text), object: JSON.parse(text) }
  }
  const short = sent({ messages: [{ role: 'user', content: 'Hi' }] })
  expect(withExactParts(short)).toBe(short.object)
  const odd = sent({ messages: [7, { content: 'x' }, { content: [7, { input: '1234567890123456789' }] }] })
  expect(withExactParts(odd)).toMatchObject(odd.object)
})

it('keeps every digit of the schemas of tools and of answers, from every API to the service', () => {
  const schema =
    '{"type":"object","properties":{"id":{"enum":[9007199254740993],"default":-18446744073709551615}}}'
  const sent = (text: string) => {
    const parts = withExactParts({ bytes: new TextEncoder().encode(text), object: JSON.parse(text) })
    // Before it is translated, some of it is copied.
    return { ...parts, model: 'another' }
  }
  const message = `{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}],"tools":[{"name":"f","input_schema":${schema},"input_examples":[{"id":9007199254740993}]}],"output_config":{"format":{"type":"json_schema","schema":${schema}}}}`
  const [tool, format] = [
    `"function":{"name":"f","description":"Examples of its input:\\n{\\"id\\":9007199254740993}","parameters":${schema}}`,
    `"json_schema":{"name":"answer","strict":true,"schema":${schema}}`
  ]
  const chat = stringifyExact(messagesToChat(sent(message)))
  expect(chat).toContain(tool)
  expect(chat).toContain(format)
  const response = `{"model":"m","input":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","name":"f","parameters":${schema},"output_schema":{"const":9007199254740993}}],"text":{"format":{"type":"json_schema","name":"a","schema":${schema}}}}`
  const translated = stringifyExact(responsesToChat(sent(response)))
  expect(translated).toContain(`"parameters":${schema}`)
  expect(translated).toContain(`"json_schema":{"name":"a","schema":${schema}}`)
  expect(translated).toContain('{\\"const\\":9007199254740993}')
  const asked = `{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f","parameters":${schema}}}]}`
  expect(stringifyExact(sent(asked))).toBe(asked.replace('"m"', '"another"'))
})
