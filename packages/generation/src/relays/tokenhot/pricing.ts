import type { PricingRule } from '../../shared/metering/charge.js'
import type { PricedRequest } from '../../shared/metering/priced-request.js'
import { fieldOf, highestCount, type Quantity, relayPricingRule, videoSeconds } from '../pricing.js'
import type { LivePrices } from '../relay-service.js'
import { wholeQuota } from '../wire/quota.js'

/** What a call to Tokenhot costs: by the list of today, which is public; its documentation prints no prices. */
export function tokenhotPricing(live: LivePrices): PricingRule {
  return relayPricingRule({
    service: 'tokenhot',
    priceOf: (model) => live(model),
    quantityOf,
    roundUp: wholeQuota
  })
}

/** Images: OpenAI's `n`, Qwen's and Wan's `parameters.n`, or wan2.6-image's `max_images`. */
function quantityOf(model: string, { body }: PricedRequest): Quantity {
  const counts = [body.n, fieldOf(body, 'parameters', 'n'), fieldOf(body, 'parameters', 'max_images')]
  // wan2.6-t2i makes four unless `n` says otherwise.
  const seconds = videoSeconds(body.duration ?? fieldOf(body, 'parameters', 'duration'))
  return { count: highestCount(counts, model === 'wan2.6-t2i' ? 4 : 1), seconds }
}
