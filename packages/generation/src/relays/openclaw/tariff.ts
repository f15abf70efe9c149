import { type AtomicUsdc, atomicUsdc, type JsonObject, parseUsdc } from '@bursar/core'
import { type Price, times } from '../../shared/metering/price.js'
import type { PricedRequest, Sale, Tariff } from '../../shared/metering/sale.js'
import { tokenBound } from '../../shared/metering/token-bound.js'
import { unpriced } from '../../shared/metering/unpriced.js'
import { taskIdOf, wholeQuota } from '../new-api.js'
import type { LivePrices } from '../service.js'
import { countIn, modelOf, saleAt } from '../tariff.js'
import { filmSeconds, openclawPrices, pictureTokens } from './catalogue.js'

const picturePaths: ReadonlySet<string> = new Set(['/images/generations', '/images/edits'])
const FILM_PATH = '/video/generations'

/** What a call to OpenClaw Token costs: by the list of today, and by the documentation where that says more. */
export function openclawTariff(live: LivePrices): Tariff {
  return async (request) => {
    const { method, path, body } = request
    // Whatever is posted may be billed, also what is not known here.
    if (method !== 'POST') return undefined
    const model = modelOf(request)
    const most = path === FILM_PATH ? filmCost(model, body) : undefined
    if (most !== undefined) return { model, most, jobOf: taskIdOf }
    const known = openclawPrices.get(model)
    // The list of today cannot say that a price is one of a picture.
    const price = known?.unit === 'image' ? known : ((await live(model)) ?? known)
    if (!price) throw unpriced('openclaw', model)
    return { ...saleOf(model, price, request), ...(path === FILM_PATH ? { jobOf: taskIdOf } : {}) }
  }
}

function saleOf(model: string, price: Price, { path, body, files }: PricedRequest): Sale {
  const count = picturesAsked(model, body)
  const bound = tokenBound(body)
  const drawn = {
    ...bound,
    input: bound.input + files * TOKENS_PER_FILE,
    output: count * mostPictureTokens(body)
  }
  return saleAt(model, price, body, {
    count,
    bound: picturePaths.has(path) ? drawn : bound,
    rounded: wholeQuota
  })
}

/** More than a picture that is to be changed takes. */
const TOKENS_PER_FILE = 8192

/** OpenClaw 8: wan2.6-t2i makes four unless told otherwise, and each is charged. */
function picturesAsked(model: string, { n }: JsonObject): number {
  return countIn(n, model === 'wan2.6-t2i' ? 4 : 1)
}

/** OpenClaw 18; where the service decides on quality or size, the most. */
function mostPictureTokens({ quality, size }: JsonObject): number {
  const rows = Object.entries(pictureTokens).filter(([name]) => name === quality)
  const sizes = (rows.length > 0 ? rows : Object.entries(pictureTokens)).map(([, row]) => row)
  const counts = sizes.flatMap((row) =>
    typeof size === 'string' && row[size] !== undefined ? [row[size]] : Object.values(row)
  )
  return Math.max(...counts)
}

/** OpenClaw 32, 33, 35 and 36: by the second; `undefined` for models that cost by the call. */
function filmCost(model: string, body: JsonObject): AtomicUsdc | undefined {
  const rates = filmSeconds.get(model)
  if (!rates) return undefined
  const { resolution = model === 'wan2.6-i2v' ? '1080P' : '720P', duration = 5, audio = false } = body
  const rate = parseUsdc(resolution === '720P' ? rates['720P'] : rates['1080P'])
  const seconds = typeof duration === 'number' && duration > 0 ? Math.ceil(duration) : 15
  const factor = audio === false ? 1 : (rates.soundFactor ?? 1)
  return atomicUsdc(times(rate, seconds * factor))
}
