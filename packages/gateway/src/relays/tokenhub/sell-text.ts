import { nowSeconds } from '../../runtime.js'
import { eventStreamResponse, type HttpResponse, jsonResponse } from '../../server/response.js'
import { chatCompletion, chatCompletionEvents } from '../../texts/chat-completion.js'
import { replyTo } from '../../texts/reply.js'
import type { RelayContext } from '../context.js'
import { debit, type TokenhubCall } from './call.js'
import { TEXT_MICRO_USD } from './models.js'

const MAX_TOKENS = 4096

/** `POST /chat/completions` */
export function sellText({ runtime }: RelayContext, { account, body }: TokenhubCall): HttpResponse {
  const rejection = debit(account, TEXT_MICRO_USD)
  if (rejection) return rejection
  const reply = replyTo(body, MAX_TOKENS)
  const [id, createdSeconds] = [runtime.newId(), nowSeconds(runtime)]
  return body.stream === true
    ? eventStreamResponse(chatCompletionEvents({ id, createdSeconds, includesUsage: true }, reply))
    : jsonResponse(200, chatCompletion(id, createdSeconds, reply))
}
