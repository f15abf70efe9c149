import { messagesStatuses, responsesStatuses } from '@bursar/core'
import { type ApiFormat, openaiFormat } from '@bursar/local-server'
import { anthropicError } from '@bursar/translation'

/** OpenAI's Responses. */
export const responsesFormat: ApiFormat = { ...openaiFormat, ...responsesStatuses }

/** Anthropic's Messages. */
export const anthropicFormat: ApiFormat = {
  ...messagesStatuses,
  errorBody: (problem) => ({ type: 'error', error: anthropicError(problem) }),
  errorEvent: (problem) => `event: error\ndata: ${JSON.stringify(anthropicFormat.errorBody(problem))}\n\n`,
  keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n'
}
