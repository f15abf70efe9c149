import type { JsonValue } from '@bursar/core'
import { expect, it } from 'vitest'
import { separateAttachments } from './tool-results.js'

const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }
const words = (text: string) => ({ type: 'text', text })
const resultOf = (id: string, content: JsonValue) => ({ role: 'tool', tool_call_id: id, content })

it('C18, C26, C32: pictures of tools are shown by the user, behind all results of the turn', () => {
  const user = { role: 'user', content: 'And now?' }
  const messages = [
    resultOf('call_1', [words('one'), image, words('two')]),
    resultOf('call_2', 'plain'),
    resultOf('call_3', [image]),
    user
  ]
  expect(separateAttachments(messages)).toEqual([
    resultOf('call_1', 'one\ntwo'),
    resultOf('call_2', 'plain'),
    resultOf('call_3', 'The result is in the next message.'),
    {
      role: 'user',
      content: [words('From the tool call call_1:'), image, words('From the tool call call_3:'), image]
    },
    user
  ])
})

it('C26: texts of tools stay texts, also at the end, and messages by others stay as they are', () => {
  const messages = [
    { role: 'user', content: [words('Look'), image] },
    resultOf('call_1', [words('one'), words('two')])
  ]
  expect(separateAttachments(messages)).toEqual([messages[0], resultOf('call_1', 'one\ntwo')])
  expect(separateAttachments([resultOf('call_1', [])])).toEqual([resultOf('call_1', '')])
  expect(separateAttachments([resultOf('call_1', [image])]).at(-1)).toMatchObject({ role: 'user' })
})
