import { nowSeconds } from '../../runtime.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { DAY_MS, type RelayContext } from '../context.js'
import { debit, invalidRequest, type TokenhubCall } from './call.js'
import { imageCost } from './models.js'

const MAX_IMAGES = 10

/** `POST /images/generations` and `/images/edits` (TokenHub 62, 65 and 66). */
export function sellImages(
  { files, runtime }: RelayContext,
  { account, model, body }: TokenhubCall
): HttpResponse {
  const { prompt, size = '1024x1024', format = 'png' } = body
  const n = Number(body.n ?? 1)
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/.exec(String(size)) ?? []).map(Number)
  if (typeof prompt !== 'string' || prompt === '') return invalidRequest('prompt is required')
  if (width * height === 0) return invalidRequest('size is WIDTHxHEIGHT')
  if (!Number.isInteger(n) || n < 1 || n > MAX_IMAGES) return invalidRequest(`n is 1 to ${MAX_IMAGES}`)
  if (body.output_format !== undefined) return invalidRequest('the field is format')
  if (format !== 'png' && format !== 'jpeg' && format !== 'webp')
    return invalidRequest('format is png, jpeg or webp')
  const rejection = debit(account, imageCost(model, Math.max(width, height)) * BigInt(n))
  if (rejection) return rejection
  const data = Array.from({ length: n }, () => ({
    url: files.add({ kind: 'image', prompt, width, height, format }, { lifeMs: DAY_MS })
  }))
  return jsonResponse(200, { created: nowSeconds(runtime), data })
}
