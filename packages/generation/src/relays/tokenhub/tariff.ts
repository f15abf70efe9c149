import { isJsonObject, type JsonObject, type JsonValue, parseUsdc } from '@bursar/core'
import type { Price } from '../../shared/metering/price.js'
import type { PricedRequest, Tariff } from '../../shared/metering/sale.js'
import { unpriced } from '../../shared/metering/unpriced.js'
import { taskIdOf } from '../new-api.js'
import type { LivePrices } from '../service.js'
import { countIn, modelOf, saleAt } from '../tariff.js'

const free = new Set(['GET', 'HEAD'])
const DEFAULT_SECONDS = 5

/** What a call to TokenHub costs: by the caller's prices, and by the few that its pages print. */
export function tokenhubTariff(live: LivePrices): Tariff {
  return async (request) => {
    if (free.has(request.method)) return undefined
    const model = modelOf(request)
    const price = (await live(model)) ?? printedPrice(model, request.body)
    if (!price) throw unpriced('tokenhub', model)
    const counted = { count: countIn(request.body.n), seconds: secondsOf(request) }
    return { ...saleAt(model, price, request.body, counted), jobOf: taskIdOf }
  }
}

/** TokenHub 64 and 65. */
function printedPrice(model: string, body: JsonObject): Price | undefined {
  const name = model.slice(model.indexOf('/') + 1)
  if (name === 'gpt-image-2') return { unit: 'image', each: parseUsdc(pictureUsd(body.size)) }
  const { audio, sound, generate_audio: generated } = body
  // The prices of films are those without sound (TokenHub 64).
  if (!/^kling\b/i.test(name) || [audio, sound, generated].some(Boolean)) return undefined
  return { unit: 'second', each: parseUsdc(/\bpro\b/i.test(`${name} ${body.mode}`) ? '0.224' : '0.168') }
}

/** By the longer side; the dearest where the service decides. */
function pictureUsd(size: unknown): string {
  const [, width, height] = (/^(\d+)x(\d+)$/.exec(String(size)) ?? []).map(Number)
  const longest = Math.max(width ?? Number.POSITIVE_INFINITY, height ?? 0)
  return longest <= 1536 ? '0.125' : longest <= 2048 ? '0.25' : '0.50'
}

/** Seconds of films that it is made from are billed as well; of those that are not told, the most. */
function secondsOf({ body }: PricedRequest): number {
  const { duration = DEFAULT_SECONDS, input_video_duration: input, video_durations: told } = body
  const inputs = Array.isArray(told) ? told : input === undefined ? [] : [input]
  const untold = Math.max(0, filmsIn(body) - inputs.length)
  return [duration, ...inputs].reduce<number>((sum, each) => sum + seconds(each), untold * MOST_SECONDS)
}

/** No film has more (TokenHub 63 and 64). */
const MOST_SECONDS = 15

function seconds(value: JsonValue): number {
  const count = Number(value)
  return Number.isFinite(count) && count > 0 ? Math.ceil(count) : MOST_SECONDS
}

/** How many films a film is made from. */
function filmsIn({ content, video_url: one, video_urls: many }: JsonObject): number {
  const items = Array.isArray(content) ? content.filter(isJsonObject) : []
  const roles = items.filter(({ role, type }) => role === 'reference_video' || type === 'video_url')
  return roles.length + (one === undefined ? 0 : 1) + (Array.isArray(many) ? many.length : 0)
}
