import type { JsonObject } from '@bursar/core'
import { readDimensions } from '../../images/dimensions.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { encodeOrder } from '../file-store.js'
import type { Form } from '../form.js'
import { debit, relayError } from '../new-api.js'
import catalogue from './catalogue.json' with { type: 'json' }
import { noChannel } from './chat.js'
import { familyOf, priceOf, tokenCost } from './price-list.js'

const DAY_MS = 86_400_000
const CHARACTERS_PER_TOKEN = 4

/** A request for pictures that keeps to the rules. */
interface ImageRequest {
  readonly model: string
  readonly prompt: string
  readonly width: number
  readonly height: number
  readonly n: number
  readonly format: 'png' | 'jpeg' | 'webp'
  readonly inline: boolean
  readonly outputTokens: number
}

/** What is wrong with a request. */
class Refusal {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

/** `POST /v1/images/generations` */
export async function sellImages(
  context: RelayContext,
  account: OpenRelayAccount,
  body: JsonObject
): Promise<HttpResponse> {
  const model = String(body.model)
  const family = familyOf(model)
  if (family === 'gpt-image') return deliver(context, account, readGptImage(model, body))
  if (model === 'wan2.6-t2i') return deliver(context, account, readWan(body))
  if (family === 'doubao-seedream') return deliver(context, account, readSeedream(model, body))
  return relayError(400, 'invalid_request', `${model} makes no images here`)
}

/** `POST /v1/images/edits` (OpenClaw 17). */
export async function sellEdit(
  context: RelayContext,
  account: OpenRelayAccount,
  form: Form
): Promise<HttpResponse> {
  const { fields, files } = form
  const model = fields.model ?? ''
  if (familyOf(model) !== 'gpt-image')
    return relayError(400, 'invalid_request', `${model} changes no images here`)
  const wrong = checkFiles(files)
  if (wrong) return relayError(400, 'invalid_request', wrong)
  const asked = { ...fields, ...(fields.n === undefined ? {} : { n: Number(fields.n) }) }
  return deliver(context, account, readGptImage(model, asked))
}

const MAX_MASK_BYTES = 50 * 1024 * 1024

function checkFiles(files: Form['files']): string | undefined {
  const images = files.filter(({ name }) => name === 'image' || name === 'image[]')
  const [first] = images.map(({ bytes }) => readDimensions(bytes))
  if (images.length === 0) return 'image is required'
  if (!first) return 'image cannot be decoded'
  const mask = files.find(({ name }) => name === 'mask')
  if (!mask) return undefined
  if (mask.bytes.byteLength >= MAX_MASK_BYTES) return 'mask has 50 MB or more'
  const size = readDimensions(mask.bytes)
  if (!size || !hasAlpha(mask.bytes)) return 'mask must be a PNG with an alpha channel'
  return size.width === first.width && size.height === first.height
    ? undefined
    : 'mask must have the size of the image'
}

/** Colour types 4 and 6. @see PNG, section 11.2.2 */
function hasAlpha(bytes: Buffer): boolean {
  const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG'
  return isPng && (bytes[25] === 4 || bytes[25] === 6)
}

async function deliver(
  context: RelayContext,
  account: OpenRelayAccount,
  asked: ImageRequest | Refusal
): Promise<HttpResponse> {
  if (asked instanceof Refusal) return relayError(400, 'invalid_request', asked.message)
  const { model, prompt, n, inline, outputTokens, ...size } = asked
  const price = priceOf(model)
  if (!price) return noChannel(model)
  const inputTokens = Math.ceil(prompt.length / CHARACTERS_PER_TOKEN)
  const cost =
    price.unit === 'token' ? tokenCost(price, inputTokens, outputTokens * n) : price.each * BigInt(n)
  const rejection = debit(account, cost)
  if (rejection) return rejection
  const orders = Array.from({ length: n }, (_, index) => ({
    prompt: n > 1 ? `${prompt} ${index + 1}` : prompt,
    ...size
  }))
  const data = await Promise.all(
    orders.map(async (order) =>
      inline
        ? { b64_json: Buffer.from(await encodeOrder(order)).toString('base64') }
        : { url: context.files.add({ kind: 'image', ...order }, DAY_MS) }
    )
  )
  const usage = {
    input_tokens: inputTokens,
    output_tokens: outputTokens * n,
    total_tokens: inputTokens + outputTokens * n
  }
  const created = Math.floor(context.clock.nowMs() / 1000)
  return jsonResponse(200, { created, data, ...(price.unit === 'token' ? { usage } : {}) })
}

const MAX_PROMPT = 32_000
const MAX_SIDE = 3840

/** OpenClaw 10 to 16 and 18. */
function readGptImage(model: string, body: JsonObject): ImageRequest | Refusal {
  const { prompt, size = 'auto', quality = 'auto', n = 1, response_format: response } = body
  const isSecond = model.startsWith('gpt-image-2')
  const sides = sidesOf(String(size), isSecond)
  if (typeof prompt !== 'string' || prompt === '') return new Refusal('prompt is required')
  if ([...prompt].length > MAX_PROMPT) return new Refusal('prompt has more than 32000 characters')
  if (!sides) return new Refusal('size is not allowed')
  if (!isWhole(n, 1, isSecond ? 1 : 10)) return new Refusal(`n is 1 to ${isSecond ? 1 : 10}`)
  const wrong = checkWords(body)
  if (wrong) return wrong
  const [width, height] = sides
  const outputTokens = tokensOf(String(quality), width, height)
  const format = (body.output_format ?? 'png') as ImageRequest['format']
  const inline = response === 'b64_json'
  return { model, prompt, width, height, n: Number(n), format, inline, outputTokens }
}

const words: Readonly<Record<string, readonly string[]>> = {
  quality: ['auto', 'low', 'medium', 'high'],
  background: ['auto', 'transparent', 'opaque'],
  output_format: ['png', 'jpeg', 'webp'],
  moderation: ['auto', 'low'],
  response_format: ['url', 'b64_json']
}

/** OpenClaw 13, 14 and 16. */
function checkWords(body: JsonObject): Refusal | undefined {
  for (const [field, allowed] of Object.entries(words)) {
    const value = body[field]
    if (value !== undefined && !allowed.includes(String(value)))
      return new Refusal(`${field} is ${allowed.join(', ')}`)
  }
  if (body.background === 'transparent' && body.output_format === 'jpeg')
    return new Refusal('transparent needs png or webp')
  return isWhole(body.output_compression ?? 0, 0, 100)
    ? undefined
    : new Refusal('output_compression is 0 to 100')
}

function isWhole(value: unknown, least: number, maxImages: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= maxImages
}

function sidesOf(size: string, isSecond: boolean): readonly [number, number] | undefined {
  if (size === 'auto') return [1024, 1024]
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/.exec(size) ?? []).map(Number)
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  if (!isSecond) return ['1024x1024', '1536x1024', '1024x1536'].includes(size) ? [width, height] : undefined
  const fits = short > 0 && long <= MAX_SIDE && width % 16 === 0 && height % 16 === 0 && long <= 3 * short
  return fits ? [width, height] : undefined
}

function tokensOf(quality: string, width: number, height: number): number {
  const table: Readonly<Record<string, Readonly<Record<string, number>>>> = catalogue.imageOutputTokens
  return (table[quality] ?? table.medium)?.[`${width}x${height}`] ?? 1056
}

const listedSizes = ['1280*1280', '1472*1104', '1104*1472', '1696*960', '960*1696']

/** OpenClaw 6 to 9. */
function readWan(body: JsonObject): ImageRequest | Refusal {
  const { prompt, size = '1280*1280', n = 4, negative_prompt: negative = '', seed = 0 } = body
  if (typeof prompt !== 'string' || prompt === '') return new Refusal('prompt is required')
  if ([...prompt].length > 2100) return new Refusal('prompt has more than 2100 characters')
  if (typeof negative !== 'string' || [...negative].length > 500)
    return new Refusal('negative_prompt has more than 500 characters')
  if (!Number.isInteger(seed) || Number(seed) < 0 || Number(seed) > 2_147_483_647)
    return new Refusal('seed is 0 to 2147483647')
  if (!Number.isInteger(n) || Number(n) < 1 || Number(n) > 4) return new Refusal('n is 1 to 4')
  const [, width = 0, height = 0] = (/^(\d+)\*(\d+)$/.exec(String(size)) ?? []).map(Number)
  const [pixels, ratio] = [width * height, width / height]
  const fits = pixels >= 1280 ** 2 && pixels <= 1440 ** 2 && ratio >= 1 / 4 && ratio <= 4
  if (!listedSizes.includes(String(size)) && !fits)
    return new Refusal('size is not allowed; it is written with *')
  return {
    model: 'wan2.6-t2i',
    prompt,
    width,
    height,
    n: Number(n),
    format: 'png',
    inline: false,
    outputTokens: 0
  }
}

function readSeedream(model: string, { prompt }: JsonObject): ImageRequest | Refusal {
  if (typeof prompt !== 'string' || prompt === '') return new Refusal('prompt is required')
  return { model, prompt, width: 2048, height: 2048, n: 1, format: 'png', inline: false, outputTokens: 0 }
}
