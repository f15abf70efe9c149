import { expect, it } from 'vitest'
import { completionOf } from '../../test/completions.js'
import { readEvents } from '../../test/message-events.js'
import { chatToMessage } from '../anthropic/message.js'
import { messageStreamFormat } from './message-stream-format.js'

const request = { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'x' }], stream: true }
const events = messageStreamFormat.events(
  chatToMessage(completionOf({ content: 'Hi' }), request, { id: 'a' }),
  request
)
const open = () => messageStreamFormat.open({ request, id: 'a', createdAtSeconds: 1 })
const typesOf = (text: string) =>
  readEvents(text.split(/(?<=\n\n)/).filter((event) => event !== '')).map(({ type }) => type)

it('C43: a stream of Messages that waits begins the message, shows life, and begins it only once', () => {
  const stream = open()
  expect(typesOf(stream.keepAlive())).toEqual(['message_start', 'ping', 'message_delta'])
  expect(typesOf(stream.keepAlive())).toEqual(['ping', 'message_delta'])
  const answer = events.map((event) => stream.next(event)).join('')
  expect(typesOf(answer)).toEqual([
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop'
  ])
  expect(typesOf(stream.keepAlive())).toEqual(['ping'])
})

it('C43: what begins it waits without an end, and says what the answer will say', () => {
  const [begun, , life] = readEvents(
    open()
      .keepAlive()
      .split(/(?<=\n\n)/)
      .slice(0, 3)
  )
  expect(begun).toMatchObject({ message: { id: 'msg_a', model: 'm', content: [], stop_reason: null } })
  expect(life).toMatchObject({ delta: { stop_reason: null } })
})

it('C42: a stream that did not wait is sent as it is, and one that fails ends with an error', () => {
  const stream = open()
  expect(events.map((event) => stream.next(event))).toEqual(events)
  expect(stream.fail({ code: 'x', message: 'It failed' })).toMatch(
    /^event: error\ndata: .*"message":"It failed"/
  )
})
