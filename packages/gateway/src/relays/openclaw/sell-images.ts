import { nowSeconds } from '../../runtime.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { countTokens } from '../../texts/reply.js'
import type { OpenRelayAccount } from '../accounts.js'
import { DAY_MS, type RelayContext } from '../context.js'
import { makeImage } from '../file-store.js'
import type { Form } from '../form.js'
import { debit } from '../new-api/accounts.js'
import { invalidRequest, noChannel } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { rejectFilesReason } from './edit-files.js'
import { readGptImage } from './gpt-image.js'
import { type ImageRequest, ImageRequestError } from './image-request.js'
import { familyOf, priceOf, tokenCost } from './price-list.js'
import { readSeedreamImage, readWanImage } from './wan-image.js'

/** `POST /v1/images/generations` */
export async function sellImages(context: RelayContext, call: BilledCall): Promise<HttpResponse> {
  const { account, model, body } = call
  const family = familyOf(model)
  if (family === 'gpt-image') return deliver(context, account, () => readGptImage(model, body))
  if (model === 'wan2.6-t2i') return deliver(context, account, () => readWanImage(body))
  if (family === 'doubao-seedream') return deliver(context, account, () => readSeedreamImage(model, body))
  return invalidRequest(`${model} makes no images here`)
}

/** `POST /v1/images/edits` (OpenClaw 17). */
export async function sellEdit(
  context: RelayContext,
  account: OpenRelayAccount,
  { fields, files }: Form
): Promise<HttpResponse> {
  const { model = '', n } = fields
  if (familyOf(model) !== 'gpt-image') return invalidRequest(`${model} changes no images here`)
  const reason = rejectFilesReason(files)
  if (reason !== undefined) return invalidRequest(reason)
  const body = { ...fields, ...(n === undefined ? {} : { n: Number(n) }) }
  return deliver(context, account, () => readGptImage(model, body))
}

async function deliver(
  context: RelayContext,
  account: OpenRelayAccount,
  read: () => ImageRequest
): Promise<HttpResponse> {
  try {
    return await chargeAndMake(context, account, read())
  } catch (error) {
    if (!(error instanceof ImageRequestError)) throw error
    return invalidRequest(error.message)
  }
}

async function chargeAndMake(
  context: RelayContext,
  account: OpenRelayAccount,
  request: ImageRequest
): Promise<HttpResponse> {
  const { model, prompt, n } = request
  const price = priceOf(model)
  if (!price) return noChannel(model)
  const inputTokens = countTokens(prompt)
  const outputTokens = request.outputTokens * n
  const isByToken = price.unit === 'token'
  const cost = isByToken ? tokenCost(price, inputTokens, outputTokens) : price.each * BigInt(n)
  const rejection = debit(account, cost)
  if (rejection) return rejection
  const usage = {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens
  }
  const data = await Promise.all(Array.from({ length: n }, (_, index) => makeEntry(context, request, index)))
  return jsonResponse(200, { created: nowSeconds(context.runtime), data, ...(isByToken ? { usage } : {}) })
}

async function makeEntry(
  { files }: RelayContext,
  { prompt, n, width, height, format, inline }: ImageRequest,
  index: number
) {
  const order = { prompt: n > 1 ? `${prompt} ${index + 1}` : prompt, width, height, format }
  return inline
    ? { b64_json: Buffer.from(await makeImage(order)).toString('base64') }
    : { url: files.add({ kind: 'image', ...order }, { lifeMs: DAY_MS }) }
}
