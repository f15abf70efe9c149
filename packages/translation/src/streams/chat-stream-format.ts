import { asObject } from '../json-fields.js'
import { chatEvents } from '../openai/chat-stream.js'
import type { StreamFormat } from './stream-format.js'

const DONE = 'data: [DONE]'

/** The streams of chat completions. @see https://platform.openai.com/docs/api-reference/chat-streaming */
export const chatStreamFormat: StreamFormat = {
  events: (answer, { stream_options: options }) =>
    chatEvents(answer, { includeUsage: asObject(options).include_usage === true }),
  open: () => ({
    // A comment, which readers of event streams skip.
    keepAlive: () => ': waiting\n\n',
    next: (events) => events,
    fail: ({ code, message }) => {
      const error = { message, type: 'invalid_request_error', param: null, code }
      return `data: ${JSON.stringify({ error })}\n\n`
    }
  }),
  isEnd: (events) => /"finish_reason":\s*"/.test(events) || events.includes(DONE) || isError(events),
  closing: (events) => (events.includes(DONE) || isError(events) ? '' : `${DONE}\n\n`)
}

function isError(events: string): boolean {
  return /^data:\s*\{\s*"error":/m.test(events)
}
