import { asObject, asObjects } from '../json-fields.js'
import { chatEvents } from '../openai/chat-stream.js'
import { isCompletion } from '../openai/read-completion.js'
import { chatChunksIn } from './chat-chunks.js'
import { DONE_LINE, isDone } from './data-in.js'
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
  isEnd: (events) => /"finish_reason":\s*"/.test(events) || isError(events),
  isDone,
  finish: (events, before) => (isDone(events) ? withReason(events, before) : events),
  closing: (events) => (isDone(events) || isError(events) ? '' : `${DONE}\n\n`)
}

/**
 * What a service calls done without a reason has ended: programs that get no reason ask again at once, and without end. Where it
 * sent no chunk at all, nothing is done.
 */
function withReason(events: string, before: string): string {
  const last = [...chatChunksIn(before), ...chatChunksIn(events)].findLast(isCompletion)
  if (!last) return events.replace(DONE_LINE, ':')
  const [choice] = asObjects(last.choices)
  const ended = { ...last, choices: [{ index: choice?.index ?? 0, delta: {}, finish_reason: 'stop' }] }
  return events.replace(DONE_LINE, () => `data: ${JSON.stringify(ended)}\n\n${DONE}`)
}

function isError(events: string): boolean {
  return /^data:\s*\{\s*"error":/m.test(events)
}
