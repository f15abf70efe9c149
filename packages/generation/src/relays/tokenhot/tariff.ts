import type { JsonObject } from '@bursar/core'
import type { PricedRequest, Tariff } from '../../shared/metering/sale.js'
import { unpriced } from '../../shared/metering/unpriced.js'
import { objectAt } from '../../shared/service/fields.js'
import { taskIdOf, wholeQuota } from '../new-api.js'
import type { LivePrices } from '../service.js'
import { countIn, modelOf, saleAt } from '../tariff.js'

/** What a call to Tokenhot costs: by the list of today, which is public; its documentation prints no prices. */
export function tokenhotTariff(live: LivePrices): Tariff {
  return async (request) => {
    if (request.method !== 'POST') return undefined
    const model = modelOf(request) || geminiModelOf(request)
    const price = await live(model)
    if (!price) throw unpriced('tokenhot', model)
    const sale = saleAt(model, price, request.body, {
      count: picturesAsked(model, request.body),
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

/** OpenAI's `n`, Qwen's and Wan's `parameters.n`, or wan2.6-image's `max_images`. wan2.6-t2i makes four unless told otherwise. */
function picturesAsked(model: string, body: JsonObject): number {
  const { n, max_images: most } = objectAt(body, 'parameters')
  return countIn(body.n ?? n ?? most, model === 'wan2.6-t2i' ? 4 : 1)
}
