import { begunMessage } from '../anthropic/message.js'
import { messageEvents } from '../anthropic/message-stream.js'
import { hasType } from './data-in.js'
import {
  type AnswerStream,
  eventText,
  type StreamDetails,
  type StreamFailure,
  type StreamFormat
} from './stream-format.js'

const lastTypes: ReadonlySet<unknown> = new Set(['message_stop', 'error'])
const LAST = /"type":\s*"(?:message_stop|error)"/

/** The streams of Messages. @see https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export const messageStreamFormat: StreamFormat = {
  events: messageEvents,
  open: (details) => new MessageStream(details),
  isEnd: (events) => /"type":\s*"(?:message_stop|error)"|"stop_reason":\s*"/.test(events),
  isDone: (events) => LAST.test(events) && hasType(events, lastTypes),
  closing: (events) => (LAST.test(events) ? '' : eventText('message_stop', {}))
}

const noEnd = { delta: { stop_reason: null, stop_sequence: null }, usage: { output_tokens: 0 } }

class MessageStream implements AnswerStream {
  readonly #details: StreamDetails
  /** Whether this stream has begun the message, before the answer did. */
  #isBegun = false
  #hasAnswer = false

  constructor(details: StreamDetails) {
    this.#details = details
  }

  /** A `ping` alone is no sign of life to Claude Code, but a `message_delta` without an end is one. */
  keepAlive(): string {
    const ping = eventText('ping', {})
    if (this.#hasAnswer) return ping
    return this.#begin() + ping + eventText('message_delta', noEnd)
  }

  next(events: string): string {
    this.#hasAnswer = true
    if (!this.#isBegun) return events
    const following = events.split(/(?<=\n\n|\r\n\r\n)/).filter((event) => !isBeginning(event))
    return following.join('')
  }

  fail({ message }: StreamFailure): string {
    return eventText('error', { error: { type: 'api_error', message } })
  }

  #begin(): string {
    if (this.#isBegun) return ''
    this.#isBegun = true
    const { request, id } = this.#details
    return eventText('message_start', { message: begunMessage(request, { id }) })
  }
}

function isBeginning(event: string): boolean {
  return /"type":\s*"message_start"/.test(event)
}
