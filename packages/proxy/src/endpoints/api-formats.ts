import { type ApiFormat, openaiFormat } from '@bursar/local-server'
import { anthropicError } from '@bursar/translation'

/** OpenAI's Responses. Codex, which speaks nothing else, repeats a 402 five times. */
export const responsesFormat: ApiFormat = { ...openaiFormat, limitStatus: 400 }

/**
 * Anthropic's Messages. Claude Code takes a 400 for what stands in its request, and asks up to five times more with less in it,
 * each of which would be another purchase.
 */
export const anthropicFormat: ApiFormat = {
  errorBody: (problem) => ({ type: 'error', error: anthropicError(problem) }),
  errorEvent: (problem) => `event: error\ndata: ${JSON.stringify(anthropicFormat.errorBody(problem))}\n\n`,
  paidFailureStatus: 402,
  keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n'
}
