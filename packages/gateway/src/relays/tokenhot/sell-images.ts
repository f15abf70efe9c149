import { isJsonObject, type JsonObject } from '@bursar/core'
import type { Dimensions } from '../../images/dimensions.js'
import { nowSeconds } from '../../runtime.js'
import { eventStreamResponse, type HttpResponse, jsonResponse } from '../../server/response.js'
import { dataEvent, doneEvent, textOf } from '../../texts/reply.js'
import type { OpenRelayAccount } from '../accounts.js'
import { DAY_MS, type RelayContext } from '../context.js'
import type { Form } from '../form.js'
import { debit } from '../new-api/accounts.js'
import { invalidRequest, noChannel } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { rejectFilesReason } from '../openclaw/edit-files.js'
import { costOf, prices } from './price-list.js'

/** `POST /v1/images/generations`: models of Wan and Qwen take messages, all others a prompt. */
export function sellImages(context: RelayContext, call: BilledCall): HttpResponse {
  return /^(?:wan|qwen)/.test(call.model) ? sellFromMessages(context, call) : sellFromPrompt(context, call)
}

function sellFromPrompt(context: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  const { prompt, size = '1024x1024' } = body
  const count = Number(body.n ?? 1)
  if (typeof prompt !== 'string' || prompt === '') return invalidRequest('prompt is required')
  const dimensions = parseSize(String(size), /^(\d+)x(\d+)$/)
  if (!dimensions) return invalidRequest('size is WIDTHxHEIGHT')
  const rejection = debit(account, costOf(model, count))
  if (rejection) return rejection
  const data = addImages(context, { prompt, ...dimensions }, count).map((url) => ({ url }))
  return jsonResponse(200, { created: nowSeconds(context.runtime), data, usage: {} })
}

/** Tokenhot 45 to 48 and 50. */
function sellFromMessages(context: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  const settings = isJsonObject(body.parameters) ? body.parameters : {}
  const messages = isJsonObject(body.input) ? body.input.messages : undefined
  if (!Array.isArray(messages) || messages.length === 0) return invalidRequest('input.messages is required')
  const count = Number(settings.n ?? settings.max_images ?? 1)
  const dimensions = parseSize(String(settings.size ?? '1024*1024'), /^(\d+)\*(\d+)$/)
  if (!dimensions) return invalidRequest('size is WIDTH*HEIGHT')
  const rejection = debit(account, costOf(model, count))
  if (rejection) return rejection
  const prompt = textOf(messages.flatMap((message) => (isJsonObject(message) ? (message.content ?? '') : '')))
  const images = addImages(context, { prompt, ...dimensions }, count)
  const answer = messagesAnswer(`req_${context.runtime.newId()}`, prompt, images)
  return settings.stream === true && context.wanStream === 'events'
    ? eventStreamResponse([dataEvent(answer), doneEvent])
    : jsonResponse(200, answer)
}

function messagesAnswer(requestId: string, prompt: string, urls: readonly string[]): JsonObject {
  const images = urls.map((url) => ({ type: 'image', text: url }))
  return {
    output: [{ type: 'message', content: [{ type: 'text', text: `Drawn: ${prompt}` }, ...images] }],
    usage: {
      total_tokens: 1500,
      input_tokens: 500,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1000,
      output_tokens_details: { reasoning_tokens: 0 }
    },
    request_id: requestId
  }
}

/** `POST /v1beta/models/{model}:generateContent`, Gemini's own API. */
export function sellGeminiImage(context: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  const { contents } = body
  if (!Array.isArray(contents)) return invalidRequest('contents is required')
  const rejection = debit(account, costOf(model))
  if (rejection) return rejection
  const prompt = textOf(contents.flatMap((each) => (isJsonObject(each) ? (each.parts ?? '') : '')))
  const [url] = addImages(context, { prompt, width: 512, height: 512 }, 1)
  const parts = [{ text: `Here it is: ${url}` }]
  return jsonResponse(200, { candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }] })
}

/** `POST /v1/images/edits`, by OpenAI's form: GPT Image. */
export function sellEdits(
  context: RelayContext,
  account: OpenRelayAccount,
  { fields, files }: Form
): HttpResponse {
  const { model = '', prompt = '', n = '1', size = '1024x1024' } = fields
  if (!/^gpt-image-/.test(model) || !prices.has(model)) return noChannel(model)
  const reason = rejectFilesReason(files)
  if (reason !== undefined) return invalidRequest(reason)
  const dimensions = parseSize(size, /^(\d+)x(\d+)$/)
  if (prompt === '' || !dimensions) return invalidRequest('prompt and a size of WIDTHxHEIGHT are required')
  const rejection = debit(account, costOf(model, Number(n)))
  if (rejection) return rejection
  const data = addImages(context, { prompt, ...dimensions }, Number(n)).map((url) => ({ url }))
  return jsonResponse(200, { created: nowSeconds(context.runtime), data, usage: {} })
}

function addImages(
  { files }: RelayContext,
  image: Dimensions & { readonly prompt: string },
  count: number
): readonly string[] {
  return Array.from({ length: count }, () =>
    files.add({ kind: 'image', ...image, format: 'png' }, { lifeMs: DAY_MS })
  )
}

function parseSize(size: string, pattern: RegExp): Dimensions | undefined {
  const [, width = 0, height = 0] = (pattern.exec(size) ?? []).map(Number)
  return width > 0 && height > 0 ? { width, height } : undefined
}
