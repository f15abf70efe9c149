import { type ApiFormat, openaiFormat } from '@bursar/local-server'
import { anthropicErrorType } from '@bursar/translation'

/** OpenAI's Responses. Codex, which speaks nothing else, repeats a 402 five times. */
export const responsesFormat: ApiFormat = { ...openaiFormat, limitStatus: 400 }

/**
 * Anthropic's Messages. Claude Code takes a 400 for what stands in its request, and asks up to five times more with less in it,
 * each of which would be another purchase.
 */
export const anthropicFormat: ApiFormat = {
  errorBody: ({ message, status, code }) => ({
    type: 'error',
    error: { type: anthropicErrorType(status, code), message }
  }),
  errorEvent: (problem) => `event: error\ndata: ${JSON.stringify(anthropicFormat.errorBody(problem))}\n\n`,
  paidFailureStatus: 402,
  keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n'
}
