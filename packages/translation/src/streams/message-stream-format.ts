import { messageEvents } from '../anthropic/message-stream.js'
import { eventText, type StreamFormat } from './stream-format.js'

/** The streams of Messages. @see https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export const messageStreamFormat: StreamFormat = {
  events: messageEvents,
  open: () => ({
    keepAlive: () => eventText('ping', {}),
    next: (events) => events,
    fail: ({ message }) => eventText('error', { error: { type: 'api_error', message } })
  }),
  isEnd: (events) => /"type":\s*"(?:message_stop|error)"|"stop_reason":\s*"/.test(events),
  closing: (events) =>
    /"type":\s*"(?:message_stop|error)"/.test(events) ? '' : eventText('message_stop', {})
}
