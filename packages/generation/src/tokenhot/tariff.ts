import type { JsonObject } from '@bursar/core'
import type { PricedRequest, Tariff } from '../metering/sale.js'
import { unpriced } from '../metering/unpriced.js'
import { taskIdOf, wholeQuota } from '../relay/new-api.js'
import type { LivePrices } from '../relay/service.js'
import { countIn, modelOf, saleAt } from '../relay/tariff.js'
import { objectAt } from '../service/fields.js'

/** What a call to Tokenhot costs: by the list of today, which is public; its documentation prints no prices. */
export function tokenhotTariff(live: LivePrices): Tariff {
  return async (request) => {
    if (request.method !== 'POST') return undefined
    const model = modelOf(request) || geminiModelOf(request)
    const price = await live(model)
    if (!price) throw unpriced('tokenhot', model)
    const sale = saleAt(model, price, request.body, {
      count: picturesAsked(request.body),
      rounded: wholeQuota
    })
    return { ...sale, jobOf: taskIdOf }
  }
}

/** `/v1beta/models/{model}:generateContent` */
function geminiModelOf({ path }: PricedRequest): string {
  const [, model = ''] = /\/models\/([^/:]+):/.exec(path) ?? []
  return model
}

/** OpenAI's `n`, Qwen's `parameters.n`, or Wan's `parameters.max_images`. */
function picturesAsked(body: JsonObject): number {
  const parameters = objectAt(body, 'parameters')
  return countIn(body.n ?? parameters.n ?? parameters.max_images)
}
