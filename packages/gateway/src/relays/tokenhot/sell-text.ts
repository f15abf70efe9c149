import { nowSeconds } from '../../runtime.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { chatCompletion } from '../../texts/chat-completion.js'
import { openAiResponse } from '../../texts/openai-response.js'
import { replyTo } from '../../texts/reply.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import type { Form } from '../form.js'
import { debit } from '../new-api/accounts.js'
import { invalidRequest } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { costOf } from './price-list.js'

const MAX_TOKENS = 4096

/** `POST /v1/chat/completions`, at a flat price. */
export function sellChat({ runtime }: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  const rejection = debit(account, costOf(model))
  const reply = replyTo(body, MAX_TOKENS)
  return rejection ?? jsonResponse(200, chatCompletion(runtime.newId(), nowSeconds(runtime), reply))
}

/** `POST /v1/responses`, at a flat price. */
export function sellResponse({ runtime }: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  const rejection = debit(account, costOf(model))
  const reply = replyTo(body, MAX_TOKENS)
  return rejection ?? jsonResponse(200, openAiResponse(runtime.newId(), nowSeconds(runtime), reply))
}

/** `POST /v1/audio/transcriptions` and `translations`. Nothing is transcribed: the text is the size of the file. */
export function sellTranscription(account: OpenRelayAccount, { fields, files }: Form): HttpResponse {
  const [file] = files
  if (!file) return invalidRequest('file is required')
  const rejection = debit(account, costOf(fields.model ?? ''))
  return rejection ?? jsonResponse(200, { text: `Audio of ${file.bytes.byteLength} bytes.` })
}
