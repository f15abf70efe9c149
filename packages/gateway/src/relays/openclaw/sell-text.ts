import { isJsonObject } from '@bursar/core'
import { nowSeconds } from '../../runtime.js'
import { eventStreamResponse, type HttpResponse, jsonResponse } from '../../server/response.js'
import { anthropicEvents, anthropicMessage } from '../../texts/anthropic-message.js'
import { chatCompletion, chatCompletionEvents } from '../../texts/chat-completion.js'
import { openAiResponse } from '../../texts/openai-response.js'
import { type Reply, replyTo } from '../../texts/reply.js'
import type { RelayContext } from '../context.js'
import { debit } from '../new-api/accounts.js'
import { invalidRequest, noChannel } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { sellGeminiImage } from './gemini-image.js'
import { familyOf, priceOf, tokenCost } from './price-list.js'
import { sellWanChat } from './wan-chat.js'

/** The three APIs that sell text. */
export type TextApi = 'chat' | 'messages' | 'responses'

/** How many tokens are written when the request sets no bound. */
const DEFAULT_MAX_TOKENS = 4096

/** Sells text, and the images that some models draw in a chat. */
export function sellText(context: RelayContext, api: TextApi, call: BilledCall): HttpResponse {
  const { account, model, body } = call
  const family = familyOf(model)
  if (api === 'chat' && family === 'gemini-flash-image')
    return sellGeminiImage(context, call, (reply) => sendReply(context, api, { body, reply }))
  if (api === 'chat' && model === 'wan2.7-image') return sellWanChat(context, call)
  if (!serves(family, api)) return invalidRequest(`${model} is not served at this endpoint`)
  const price = priceOf(model)
  if (!price) return noChannel(model)
  const bounds = [body.max_tokens, body.max_completion_tokens, body.max_output_tokens]
  const reply = replyTo(body, bounds.find((each) => typeof each === 'number') ?? DEFAULT_MAX_TOKENS)
  const rejection = debit(account, tokenCost(price, reply.inputTokens, reply.outputTokens))
  return rejection ?? sendReply(context, api, { body, reply })
}

function serves(family: string | undefined, api: TextApi): boolean {
  if (api === 'messages') return family === 'claude'
  if (api === 'responses') return family === 'gpt'
  return family === 'claude' || family === 'gpt' || family === 'gemini'
}

function sendReply(
  { runtime }: RelayContext,
  api: TextApi,
  { body, reply }: { readonly body: BilledCall['body']; readonly reply: Reply }
): HttpResponse {
  const id = runtime.newId()
  const createdSeconds = nowSeconds(runtime)
  const streams = body.stream === true
  if (api === 'messages')
    return streams
      ? eventStreamResponse(anthropicEvents(id, reply))
      : jsonResponse(200, anthropicMessage(id, reply))
  if (api === 'responses') return jsonResponse(200, openAiResponse(id, createdSeconds, reply))
  if (!streams) return jsonResponse(200, chatCompletion(id, createdSeconds, reply))
  const options = body.stream_options
  const includesUsage = isJsonObject(options) && options.include_usage === true
  return eventStreamResponse(chatCompletionEvents({ id, createdSeconds, includesUsage }, reply))
}
